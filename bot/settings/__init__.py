"""What members and servers may choose, each described once."""
