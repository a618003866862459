"""What was said before, and what has changed: groups, one review against earlier ones, chains."""
