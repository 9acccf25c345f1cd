"""Members' own milestones: goals, and applications on their way to a job."""
