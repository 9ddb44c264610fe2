"""Rules that keep the house as it was agreed, each shown to find a planted violation."""
