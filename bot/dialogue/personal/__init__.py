"""The room for what visitors keep: my programme, its calendar, what to be told, their data."""
