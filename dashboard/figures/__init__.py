"""Tables in, plain-dict figures out: building a figure object in a callback costs a hundred times more."""
