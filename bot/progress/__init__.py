"""How the members of a server get on with their journeys, in numbers that name nobody."""
