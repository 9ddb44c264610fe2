"""Measures what issue 2 promises in figures: `make bench`, or `python -m bench --quick` for smaller sizes."""
