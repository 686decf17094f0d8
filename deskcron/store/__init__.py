"""All SQL: database, migrations and what is kept in it."""
