"""The room in which visitors sign up, book an adviser, and the staff sees the lists."""
