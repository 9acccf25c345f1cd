"""A server's own answers, and the questions that wait for one."""
