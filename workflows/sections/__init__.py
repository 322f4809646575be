"""The sections of a pack that say how a council works: its calendar, its people, its interventions."""
