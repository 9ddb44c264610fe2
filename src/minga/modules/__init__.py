"""The domain: one room for each capability of the plan."""
