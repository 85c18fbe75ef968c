"""Owns no truth: folds everybody's facts into what the city and its committees look at."""
