"""The settings: what a person prefers, obeyed at once, and what there is to know of deskcron."""
