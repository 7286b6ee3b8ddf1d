"""What an offer helps with: its kind, and what it says beside that."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.knowledge.model import Need, Offer, OfferKind

_BY_KIND: Mapping[OfferKind, tuple[Need, ...]] = MappingProxyType(
    {
        OfferKind.SEAT: (Need.SEAT, Need.PREMISES),
        OfferKind.PREMISES: (Need.PREMISES, Need.SEAT),
        OfferKind.ADDRESS: (Need.ADDRESS, Need.SEAT),
        OfferKind.ROOM: (Need.ROOM,),
        OfferKind.EQUIPMENT: (Need.EQUIPMENT,),
        OfferKind.ADVICE: (Need.ADVICE,),
        OfferKind.TRAINING: (Need.TRAINING,),
        OfferKind.ACCOUNTING: (Need.ACCOUNTING,),
        OfferKind.GRANT: (Need.GRANT,),
        OfferKind.MICROGRANT: (Need.GRANT,),
        OfferKind.CERTIFICATION: (Need.CERTIFICATE,),
        OfferKind.COOPERATION: (Need.PARTNER,),
        OfferKind.ANIMATION: (Need.ADVICE,),
        OfferKind.REGISTRATION: (),
        OfferKind.VOLUNTEERING: (Need.VOLUNTEERS,),
    }
)


def needs_of(offer: Offer) -> frozenset[Need]:
    """List the needs that an offer answers."""
    return frozenset((*_BY_KIND[offer.kind], *offer.needs))
