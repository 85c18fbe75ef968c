"""Owns tallies: how many lines each story has had, from facts only."""
