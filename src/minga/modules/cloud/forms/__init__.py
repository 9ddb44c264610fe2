"""What people fill in, one aggregate a file."""
