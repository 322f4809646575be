"""Packs: folders that governance leads edit, joined from their two halves, checked, and kept by digest."""
