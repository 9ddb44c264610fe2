"""The ${room} room."""
