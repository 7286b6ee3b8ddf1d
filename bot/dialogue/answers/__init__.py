"""One function a question: a record, or its absence, becomes a `Reply`."""
