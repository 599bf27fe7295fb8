"""What is seen: of participants, of the facilitator, on the projector and on paper. Pure functions of a scene."""
