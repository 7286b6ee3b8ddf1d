"""Announcements, staff and reminders in the store."""
