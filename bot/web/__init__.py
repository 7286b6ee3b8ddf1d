"""The HTTP side that is no chat: the server, its security headers, its health."""
