"""The inbox: what needs a person, and what can be done about it."""
