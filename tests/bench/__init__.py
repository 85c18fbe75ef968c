"""Measurements: ratios within one run, against baselines that do the same work bare."""
