"""What belongs to a member, in whichever server: their zone and choices."""
