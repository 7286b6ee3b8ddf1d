"""Three languages, and nothing of any fair: folding, tokens, detecting, times, plurals, texts."""
