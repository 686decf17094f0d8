"""What differs per operating system, without Qt."""
