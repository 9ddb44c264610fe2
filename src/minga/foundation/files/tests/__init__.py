"""How files behave."""
