"""What is posted of groups, and told to members of them."""
