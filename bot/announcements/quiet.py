"""Quiet hours: when something that can wait may come."""

import datetime as dt
from zoneinfo import ZoneInfo


def after_quiet(
    moment: dt.datetime,
    quiet_from: dt.time | None,
    quiet_until: dt.time | None,
    zone: ZoneInfo,
) -> dt.datetime:
    """Give the moment itself, or the end of the quiet hours that it lies in.

    Args:
        moment: when it would come, aware.
        quiet_from: the beginning, by the clock of `zone`; `None` for no quiet hours.
        quiet_until: the end; on the next day if it is the earlier time.
        zone: of the fair.
    """
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        return moment
    local = moment.astimezone(zone)
    time = local.time().replace(tzinfo=None)
    over_midnight = quiet_from > quiet_until
    if over_midnight:
        is_quiet = time >= quiet_from or time < quiet_until
    else:
        is_quiet = quiet_from <= time < quiet_until
    if not is_quiet:
        return moment
    day = local.date()
    if over_midnight and time >= quiet_from:
        day += dt.timedelta(days=1)
    return dt.datetime.combine(day, quiet_until, zone)
