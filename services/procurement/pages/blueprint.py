"""The blueprint of the pages, and what they share."""

from flask import Blueprint

BASE = "/procurement"
blueprint = Blueprint("procurement_pages", __name__)
