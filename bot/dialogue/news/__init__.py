"""What changed, for whoever asks, and what still holds, for whoever joins late."""
