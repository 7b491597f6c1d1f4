"""Work that nobody waits for, done beside the server by one process at a time."""
