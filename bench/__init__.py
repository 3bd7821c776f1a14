"""The benchmark suite: what this machine does with this house, beside what the machine itself can do."""
