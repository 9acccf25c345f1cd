"""Who organises a group, and who takes over."""
