"""What belongs to a server: its settings, and what its managers must know."""
