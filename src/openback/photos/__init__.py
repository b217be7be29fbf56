"""Pictures of the person: lined up, blurred, and locked away."""
