"""What the page knows, as plain frozen values."""
