"""Describes every event for who reads the log: JSON Schema 2020-12, AsyncAPI 3.0, examples.

All of it is derived from the dataclasses that the services publish, so it cannot drift from them.
"""

from shared.log.catalogue.asyncapi import asyncapi
from shared.log.catalogue.entries import Catalogue, Entry
from shared.log.catalogue.schemas import example, schema

__all__ = ["Catalogue", "Entry", "asyncapi", "example", "schema"]
