"""Screens for the tables of the foundation that stewards keep: declared days and synonyms."""
