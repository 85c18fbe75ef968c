"""Pages of integration: the catalogue and the feed for developers, grants for who gives them."""

from services.integration.pages import access, catalogue, feed, sandbox
from services.integration.pages.blueprint import blueprint

__all__ = ["access", "blueprint", "catalogue", "feed", "sandbox"]
