"""The page of offers, for people who would rather read: no script, shareable, printable."""
