"""What spasmhelp knows and decides: pure, without printing, prompting, files, clock or environment."""
