"""The form in which a job is made and changed."""
