"""What people and jobs do in the room, one aggregate a file."""
