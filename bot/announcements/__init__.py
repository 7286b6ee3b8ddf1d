"""What the bot says unasked: reminders of what was saved, and what organizers announce."""
