"""What is held on members: given to them, forgotten for them, and erased when they have left."""
