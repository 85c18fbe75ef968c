"""Diagnostic (état des lieux): who was met, what they said, what the neighbourhood needs."""
