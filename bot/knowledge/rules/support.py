"""Offers of support can be used as they are written: terms, amounts, papers, what the law says."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from bot.knowledge.model import Area, Eligibility, Faq, Intake, IntakeMode, Offer, Range, Term
from bot.knowledge.problem import Problem
from bot.knowledge.written import Written

_ENDLESS = (IntakeMode.CONTINUOUS, IntakeMode.CLOSED)


def offers_are_possible(written: Sequence[Written]) -> Iterator[Problem]:
    """Report offers whose terms, conditions or dates contradict each other."""
    parents = {one.record.id: one.record.parent for one in written if isinstance(one.record, Area)}
    for one in written:
        if isinstance(one.record, Offer):
            offer = one.record
            yield from _intake_is_possible(one, offer)
            yield from _ranges_are_possible(one, offer)
            yield from _areas_lie_apart(one, offer, parents)
            yield from _law_has_its_notes(one, offer)
            if offer.recheck_after_days and offer.checked is None:
                yield one.warning(
                    "it is to be checked again, and never was.",
                    "Say when it was: `checked: {date: …, by: …}`.",
                    "recheck_after_days",
                )


def law_is_dated(written: Sequence[Written]) -> Iterator[Problem]:
    """Warn of answers about law that do not say as of when they are true."""
    for one in written:
        if isinstance(one.record, Faq | Term) and one.record.legal and not one.record.as_of:
            what = "it tells of law, and nothing says as of when it is true."
            yield one.warning(what, 'Write `as_of: "2017-12"`.', "legal")


def _intake_is_possible(one: Written, offer: Offer) -> Iterator[Problem]:
    intake = offer.intake
    if intake is None:
        return
    if intake.mode is IntakeMode.WINDOW and not (intake.closes or offer.deadline):
        remedy = "Write `closes`, or another `mode` where there is no last day."
        yield one.error("a `window` needs its end.", remedy, "intake", "mode")
    if intake.mode in _ENDLESS and (intake.opens or intake.closes):
        what = f"`{intake.mode}` has no first and no last day."
        yield one.error(what, "Take them out, or write `mode: window`.", "intake", "mode")
    yield from _days_agree(one, offer, intake)


def _days_agree(one: Written, offer: Offer, intake: Intake) -> Iterator[Problem]:
    closes = offer.closes_on
    if intake.opens and closes and closes < intake.opens:
        what = f"it closes ({closes}) before it opens ({intake.opens})."
        yield one.error(what, "Swap the two dates.", "intake", "opens")
    is_always = offer.deadline == "ciagly" and intake.mode is not IntakeMode.CONTINUOUS
    is_another = isinstance(offer.deadline, dt.date) and (
        intake.mode in _ENDLESS or (intake.closes and intake.closes.date() != offer.deadline)
    )
    if is_always or is_another:
        what = "`deadline` and `intake` say different things."
        yield one.error(what, "Keep one of them.", "deadline")


def _ranges_are_possible(one: Written, offer: Offer) -> Iterator[Problem]:
    for steps, span in _ranges(offer.for_):
        if span.min is not None and span.max is not None and span.max < span.min:
            yield one.error("nobody can be between them.", "Swap the two.", *steps, "max")
    amount = offer.support.amount_pln
    if amount and amount.min is not None and amount.max is not None and amount.max < amount.min:
        what = "the largest amount is below the smallest."
        yield one.error(what, "Swap the two.", "support", "amount_pln", "max")


def _ranges(who: Eligibility) -> Iterator[tuple[tuple[str, str], Range]]:
    for name in ("organisation_age_months", "income_pln", "person_age"):
        span = getattr(who, name)
        if span is not None:
            yield ("for", name), span


def _areas_lie_apart(
    one: Written, offer: Offer, parents: Mapping[str, str | None]
) -> Iterator[Problem]:
    for number, area in enumerate(offer.area):
        above: str | None = parents.get(area)
        seen = {area}
        while above is not None and above not in seen:
            if above in offer.area:
                what = f"{area} lies in {above}, which is named too."
                yield one.warning(what, "Keep one of them.", "area", number)
                break
            seen.add(above)
            above = parents.get(above)


def _law_has_its_notes(one: Written, offer: Offer) -> Iterator[Problem]:
    if offer.legal_basis and offer.disclaimer is None:
        what = "it rests on a law, and no `disclaimer` says whom to ask."
        yield one.warning(what, "Say that it is no legal advice, and whom to ask.", "legal_basis")
    if offer.legal_basis and offer.as_of is None:
        what = "it rests on a law, and nothing says as of when it is true."
        yield one.warning(what, 'Write `as_of: "2017-12"`.', "legal_basis")
