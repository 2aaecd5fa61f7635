"""What a sentence says: its tokens, the spellings in them, and what of it is denied or past."""
