"""The command line over the facade."""
