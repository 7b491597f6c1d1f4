"""The tongue of `/api`: Hydra and JSON-LD, a superset of the LetsLigo API."""
