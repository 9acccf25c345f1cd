"""Groups in which nothing happens any more."""
