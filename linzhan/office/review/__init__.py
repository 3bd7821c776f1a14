"""记录审核 and 本站今天: what was entered is looked at, and what waits at a station today."""
