"""Next-due arithmetic, description and preview; pure, one kind a file."""
