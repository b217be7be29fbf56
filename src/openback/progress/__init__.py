"""What was reached so far: steps, streaks, reviews in words. Values in, values out."""
