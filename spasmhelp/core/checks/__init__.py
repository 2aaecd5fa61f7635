"""Every way a table can be wrong, and what two tables tell differently."""
