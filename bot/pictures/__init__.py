"""What all pictures share: how they look, what they are drawn on, and where."""
