"""Pages of the plan: public ones, and the workplace for norms."""
