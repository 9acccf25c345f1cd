"""Sets of questions that are answered one after the other, as in an interview."""
