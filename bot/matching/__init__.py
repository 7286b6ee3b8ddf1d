"""Text becomes ranked entries, with reasons. Pure: no I/O, no clock."""
