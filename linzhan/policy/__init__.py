"""Policy: the one rulebook. Every number that differs between places, with its authority (NFR-01)."""
