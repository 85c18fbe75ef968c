"""What communication keeps: campaigns, print requests, the workshop. Persons are ids only."""

from services.communication import model
from services.communication.model.strategy import WantedSupport, WantedTarget
from services.communication.tables.campaigns import campaigns, supports, targets
from services.communication.tables.columns import metadata
from services.communication.tables.prints import acts, handouts, print_requests, proofs
from services.communication.tables.workshop import offers, slots, weeks, workshops
from shared.store.mapping import map_aggregate, map_part, part

__all__ = [
    "acts",
    "campaigns",
    "handouts",
    "metadata",
    "offers",
    "print_requests",
    "proofs",
    "slots",
    "supports",
    "targets",
    "weeks",
    "workshops",
]

map_part(WantedTarget, targets)
map_part(WantedSupport, supports)
map_aggregate(
    model.Campaign,
    campaigns,
    parts={
        "targets": part(WantedTarget, order_by=targets.c.position),
        "supports": part(WantedSupport, order_by=supports.c.position),
    },
)
map_part(model.Act, acts)
map_part(model.Proof, proofs)
map_part(model.Handout, handouts)
map_aggregate(
    model.PrintRequest,
    print_requests,
    parts={
        "acts": part(model.Act, order_by=acts.c.seq),
        "proofs": part(model.Proof, order_by=proofs.c.edition),
        "handouts": part(model.Handout, order_by=handouts.c.at),
    },
)
map_part(model.Slot, slots)
map_aggregate(model.Week, weeks, parts={"slots": part(model.Slot, order_by=slots.c.request_id)})
map_aggregate(model.Workshop, workshops)
map_aggregate(model.Offer, offers)
