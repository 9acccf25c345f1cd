"""Milestones from files and into files."""
