"""What the address of a page says, and how it is written."""
