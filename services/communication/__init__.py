"""Communication: campaigns, print requests and their slots, proofs, distribution."""
