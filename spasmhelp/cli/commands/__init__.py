"""One module a command: from options, through the core, to a page."""
