"""Posting each day's question, and writing down what became of each day."""
