"""What a browser may ask of a workshop, who it is that asks, and where the room finds the server."""
