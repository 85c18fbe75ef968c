"""What may be done in integration."""
