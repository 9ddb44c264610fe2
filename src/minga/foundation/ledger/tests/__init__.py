"""How the ledger behaves."""
