"""Institutions of the State as a dated register, and the territory they serve."""
