"""Journeys: a career's roadmap as a member's own plan, with dates, progress and a picture."""
