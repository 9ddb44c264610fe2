"""What can be done with accounts, posts and sessions: one function a use case."""
