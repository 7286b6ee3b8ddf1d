"""The chat page: one HTML file with its style and script, and a WebSocket behind it.

`protocol.py` turns frames into `Incoming` and `Reply`s into frames, `socket.py`
keeps one conversation a browser tab, `page/` is what the browser loads.
"""
