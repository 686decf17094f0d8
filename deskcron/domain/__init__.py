"""Values and rules: pure, without I/O, threads, Qt or SQL."""
