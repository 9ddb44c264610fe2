"""Minga: an e-government platform that measures its own plan."""

__version__ = "0.1.0"
