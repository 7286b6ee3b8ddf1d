"""What the support keeps in the database."""
