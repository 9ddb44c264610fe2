"""How search behaves."""
