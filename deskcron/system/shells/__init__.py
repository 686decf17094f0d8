"""What the person's login shell makes of the environment."""
