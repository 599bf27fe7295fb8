"""Sessions that are open: their log on the disk, their clock, the running of their rounds, and their secrets."""
