"""The answer to the question why something did or did not run."""
