"""The web: HTTP API, WebSocket hub and the pages. Reads what sinks wrote."""
