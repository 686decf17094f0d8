"""What the doctor looks at, a module for each part; what is found is told in words."""
