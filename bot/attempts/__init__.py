"""Members' answers to interview questions: kept, edited, shared, ticked off and voted on."""
