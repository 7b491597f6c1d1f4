"""What every HTTP face shares: operations, credentials, negotiation, OpenAPI, idempotency, limits."""
