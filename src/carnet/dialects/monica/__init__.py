"""The Monica 4.x API at `/monica/api`."""
