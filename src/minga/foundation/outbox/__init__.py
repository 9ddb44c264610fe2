"""The outbox: a message to an address, written in the caller's transaction and sent after it commits.

Any room may `sending.send(...)`; who the person behind an address is, and whether they want to hear, is not asked here.
"""
