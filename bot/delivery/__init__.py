"""Everything that Waymark says on its own, at its time: never twice, never lost."""
