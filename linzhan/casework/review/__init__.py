"""Records are looked at, returned, voided, and closed month by month (SVC-15)."""
