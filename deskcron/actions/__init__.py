"""How each action is performed; one kind a file, siblings do not know each other."""
