"""Reads of the room, one aggregate a file."""
