"""Owns stories: somebody tells one, line after line."""
