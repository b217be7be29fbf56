"""What to eat: foods, energy, targets, safety, and the week of meals."""
