"""Speed and memory of the engines against their peers, on the same case; see docs/explanation/speed.md."""
