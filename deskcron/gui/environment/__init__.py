"""What a run was given besides its command, and how that differs from what others have."""
