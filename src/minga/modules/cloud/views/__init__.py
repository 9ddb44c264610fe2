"""Pages of the room: public ones, and the workplace."""
