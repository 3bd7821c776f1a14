"""一季一赛: a quarter's contest of stations or institutions, ranked from an evaluation round (EVL-14…17)."""
