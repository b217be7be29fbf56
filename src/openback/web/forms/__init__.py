"""The questions: what a person typed, kept as a draft, turned into a profile."""
