"""Members whom a server keeps from using Waymark."""
