"""What is read in integration."""
