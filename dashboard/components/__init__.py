"""The parts of the page: levers, cards, evidence, the bar."""
