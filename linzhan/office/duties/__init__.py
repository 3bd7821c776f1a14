"""探访任务: who is owed a visit, for a worker, a station and a county (SVC-09)."""
