"""Working from afar: commands that a phone kept while it had no signal, and the rows it may hold.

A phone sends *commands* with ids of its own making; repeating one is harmless, one that cannot succeed
does not block the rest, and what two people changed differently waits for a person (NFR-08; ADR 0019).
It receives *feeds*: the rows that are its user's business now, and only what differs from what it has.
"""
