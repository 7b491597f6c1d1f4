"""MCP at `/mcp` and `/_mcp`: what an assistant can do, each tool one or a few requests to `/api` in its user's name."""
