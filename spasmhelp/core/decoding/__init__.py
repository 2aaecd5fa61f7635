"""A tree or JSON text becomes typed values, or problems."""
