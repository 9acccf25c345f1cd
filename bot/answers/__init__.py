"""Answers to members' own questions. So far: the words of the field, and the yardstick."""
