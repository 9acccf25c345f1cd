"""What tables declare of themselves, as statements."""
