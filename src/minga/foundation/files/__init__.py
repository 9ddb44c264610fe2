"""Files people upload: checked by content, cleaned, scanned, and kept once, named by their SHA-256."""
