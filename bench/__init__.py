"""``make bench``: what the house costs, measured beside its own bounds in the same run."""
