"""What is done with the tables of groups."""
