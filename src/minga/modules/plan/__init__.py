"""The plan, run here: what it asks, what has been done, and every indicator down to the act behind it."""
