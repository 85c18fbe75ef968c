"""What tests and measurements stand on: real parts, started here and ended for certain."""
