"""The YSUITE dialect at `/v1`."""
