"""人员诊断: personnel and filing of an institution, taken from records, told to it and answered by it (EVL-04)."""
