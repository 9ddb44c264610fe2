"""Stewards' screens: declared days, synonyms, and what people say of the pages."""
