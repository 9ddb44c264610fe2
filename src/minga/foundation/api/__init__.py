"""What every room's `api.py` builds on: shapes of answers, pages of long lists, parameters, how much one may ask."""
