"""The back-test: from 1 April 2010 with the inputs of the years, beside what was observed, and on as a forecast."""
