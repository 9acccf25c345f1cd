"""Careers: role packs, finding a role by name, and comparing roles."""
