"""What may be done in decision."""
