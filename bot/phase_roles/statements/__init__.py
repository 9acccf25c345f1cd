"""What is done with the tables of phase roles."""
