"""A product of two tiny services, to show what the plumbing promises without any domain."""

from shared.kernel.event import Stream
from shared.log.flow import FLOW
from shared.log.notices import NOTICES
from shared.run.product import Product

SAID = Stream("sample.said", partitions=3)
NAMES = Stream("sample.names", partitions=2, compacted=True)

product = Product(
    names=("telling", "counting"),
    streams=(SAID, NAMES, NOTICES, FLOW),
    package="tests.shared.sample",
    home="telling",
)
