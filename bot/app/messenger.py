"""Messenger, put together with its settings."""

from bot.channels.messenger.options import MessengerOptions
from bot.messaging.languages import Language
from bot.settings import Settings


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
