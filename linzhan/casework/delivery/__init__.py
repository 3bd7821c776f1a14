"""What was delivered for contracts: counted for those who buy (TGT-12)."""
