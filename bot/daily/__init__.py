"""The daily interview question: when, where and which one, and what became of each day."""
