"""Workshops in the browser: rooms that are kept, seats, and the screens of participants, facilitator and projector."""
