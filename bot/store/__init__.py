"""The database: engine and schema. SQL is spoken here and in the `queries/` of each feature."""
