"""Plausibility checks of service records: a flag is a question, not a verdict (``domain.md`` §14, RSK-01)."""
