"""The ledger: every use case that matters leaves one fact here, in the same transaction as its change.

Append-only by trigger and by privilege, sealed by signed Merkle roots, and the only thing that indicators read.
"""
