"""The look back after an absence: what was due, what was done about it, run or skip."""
