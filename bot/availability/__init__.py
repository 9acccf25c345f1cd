"""When members usually have time, in their own zone, and the slots that most of them can make."""
