"""What comes in and goes out."""

from shared.web import fields
from shared.web.api import Input


class StoryIn(Input):
    title = fields.Text(required=True, most=200)
    secret = fields.Text(most=200)


class LineIn(Input):
    text = fields.Text(required=True, most=500)
    price = fields.Amount()


class LinesIn(Input):
    lines = fields.List(fields.Nested(LineIn()), required=True)


class TitleIn(Input):
    title = fields.Text(required=True, most=200)
