"""Values become text."""
