"""The database: engine and schema. SQL is spoken here and in the `queries.py` of each feature."""
