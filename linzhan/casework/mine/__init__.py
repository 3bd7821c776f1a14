"""What a worker gets back: a record of one's own service to take along, and where one's time went (domain.md §23)."""
