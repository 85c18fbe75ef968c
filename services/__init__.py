"""The product: one folder a service, each with its own database and its own published facts."""
