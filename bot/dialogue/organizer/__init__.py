"""The room of those who run the fair: announcements, safety, the team, and what visitors ask."""
