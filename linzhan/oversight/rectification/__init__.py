"""整改: orders to put something right, from the finding to the look-back, and what follows when it fails (RSK-07…10)."""
