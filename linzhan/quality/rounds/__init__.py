"""Evaluation rounds: from the draw to the published result (EVL-03…12; ``domain.md`` §12.2)."""
