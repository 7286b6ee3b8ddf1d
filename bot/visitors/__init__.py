"""What visitors asked us to keep, and the questions that nobody could answer."""
