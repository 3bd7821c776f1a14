"""Case work (个案): from intake to closing by the stages of MZ/T 094-2017 (``domain.md`` §7.2)."""
