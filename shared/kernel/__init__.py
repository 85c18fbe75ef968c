"""What a pure model may import: aggregates, events and refusals, on the standard library only."""
