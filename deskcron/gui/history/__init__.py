"""The page of all runs: what ran, what did not, and why."""
