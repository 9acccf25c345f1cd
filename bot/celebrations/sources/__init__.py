"""Where it is heard what members finish, and read what it is."""
