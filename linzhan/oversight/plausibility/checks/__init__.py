"""The checks PC01–PC14, one file for each kind of evidence; importing them registers them."""
