"""Lists that visitors put themselves on: sessions, dates of trainings, slots of advisers."""
