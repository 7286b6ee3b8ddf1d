"""Which support an organisation can get: what it needs, what it may use, what to ask it next."""
