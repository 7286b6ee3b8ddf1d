"""A condition is met, not met, or not known; what is not known never excludes."""

from enum import StrEnum


class Outcome(StrEnum):
    """What is known of a condition."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"


def outcome_of(is_met: bool | None) -> Outcome:
    """Make an outcome of yes, no, or `None` for not known."""
    if is_met is None:
        return Outcome.NOT_KNOWN
    return Outcome.MET if is_met else Outcome.NOT_MET
