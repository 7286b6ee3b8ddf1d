"""Messenger, put together with its settings."""

from bot.announcements.queries.evening import Evening
from bot.app.fair import Fair
from bot.app.telling import Alerts, new_owner
from bot.channels.messenger.channel import MessengerChannel
from bot.channels.messenger.courier import MessengerCourier
from bot.channels.messenger.options import CHANNEL, WINDOW, MessengerOptions
from bot.clock import Clock
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Respond
from bot.settings import Settings
from bot.store.engine import Store
from bot.visitors.queries import SqlVisitors


def messenger_options(settings: Settings) -> MessengerOptions | None:
    """Read what is set about the Page; `None` where Messenger is not served."""
    token, secret = settings.messenger_page_token, settings.messenger_app_secret
    page, verify = settings.messenger_page_id, settings.messenger_verify_token
    if token is None or secret is None or page is None or verify is None:
        return None
    templates = settings.messenger_utility_templates
    return MessengerOptions(
        page_id=page,
        page_token=token.get_secret_value(),
        app_secret=secret.get_secret_value(),
        verify_token=verify.get_secret_value(),
        graph_url=settings.messenger_graph_url,
        version=settings.messenger_graph_version,
        utility_templates={Language(code): name for code, name in templates.items()},
        default_language=Language(settings.language),
    )


def messenger_channel(
    settings: Settings, respond: Respond, store: Store, visitors: SqlVisitors, alerts: Alerts
) -> MessengerChannel | None:
    """Put the answering half together; `None` where Messenger is not served."""
    options = messenger_options(settings)
    if options is None:
        return None
    return MessengerChannel(
        options,
        respond,
        store,
        new_owner(),
        people=settings.messenger_people,
        introduces=True,
        # SQLite is for one process.
        is_alone=not store.is_postgres,
        reach=visitors.reach,
        alert=alerts,
    )


def messenger_courier(
    settings: Settings, visitors: SqlVisitors, clock: Clock
) -> MessengerCourier | None:
    """Put the half together that says something unasked; `None` where Messenger is not served."""
    options = messenger_options(settings)
    if options is None:
        return None
    return MessengerCourier(
        options, clock, lambda person: visitors.last_inbound(ChatId(CHANNEL, person))
    )


def evening_on_messenger(store: Store, fair: Fair) -> Evening:
    """Put together what asks in the evening whoever would be out of reach tomorrow."""
    return Evening(store, lambda: fair.knowledge, fair.clock, CHANNEL, WINDOW)
