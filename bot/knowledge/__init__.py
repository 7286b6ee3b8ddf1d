"""A folder of YAML becomes one validated, immutable `Knowledge`. Synchronous and pure."""
