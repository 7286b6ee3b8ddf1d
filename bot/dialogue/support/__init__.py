"""The room in which an organisation finds the support that it can get."""
