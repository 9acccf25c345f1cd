"""A member's own check-ins: asked, answered, away."""
