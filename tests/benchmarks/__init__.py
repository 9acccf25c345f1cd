"""Benchmarks: each prints a ratio against a named peer. Run by `make bench`, not timed tests."""
