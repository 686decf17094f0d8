"""The output of a run on the screen, also while it is being written."""
