"""What is read in decision."""
