"""Interview questions: what packs and servers ask, and what a strong answer covers."""
