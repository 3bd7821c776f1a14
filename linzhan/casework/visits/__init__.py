"""What was seen at a visit, and who is owed the next one (SVC-05…09)."""
