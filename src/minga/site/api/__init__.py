"""`/api/v1/`: the rooms' routers under one door, their errors, limits, description and documentation."""
