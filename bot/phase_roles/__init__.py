"""Discord roles for finished phases of a journey."""
