"""What members, servers and channels may choose, each described once."""
