"""Answers from flags, a pipe or a person; and the guide."""
