"""Speed, side by side with what a user could run instead."""
