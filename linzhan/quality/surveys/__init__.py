"""满意度调查: who is asked is drawn, what they answer is kept apart from who they are (EVL-03, EVL-22)."""
