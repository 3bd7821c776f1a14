"""What is scored and how: schemes as versioned data, and the pure arithmetic over them (EVL-01)."""
