"""One package a platform; they do not know each other, nor the dialogue."""
