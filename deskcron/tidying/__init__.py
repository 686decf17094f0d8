"""Tidy a folder by rules in a process of its own, and put back what a run has done."""
