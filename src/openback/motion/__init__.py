"""From landmarks to reps and faults, and the figure that shows how it is done."""
