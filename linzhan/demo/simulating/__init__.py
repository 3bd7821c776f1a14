"""Synthetic data at scale, and situations hidden in it: what checks are measured against (``contract/commands.md``)."""
