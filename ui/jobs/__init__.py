"""Files that are checked outside the server's own process, so that they can be stopped."""
