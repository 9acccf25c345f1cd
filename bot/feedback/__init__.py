"""What an answer to an interview question likely covers, and how it is built."""
