"""Decision: ideas, advice, the charter of a vote, ballots, and the action chosen."""
