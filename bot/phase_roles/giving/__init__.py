"""Giving members the roles that they have earned, step by step."""
