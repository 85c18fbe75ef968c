"""Integration: how other departments get the facts: catalogue, grants, feed."""
