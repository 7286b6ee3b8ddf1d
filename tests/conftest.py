import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

pytest_plugins = ["tests.stores", "tests.whole_fair"]

# How long an example takes depends on the machine, so no test asserts it.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

NEED = "TESTS_NEED_CHROMIUM"

FLAGS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# For a module at most: Playwright keeps an event loop running, beside which no async test can run.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium; without one these tests are skipped, loudly, or fail where it is needed."""
    path = os.environ.get("CHROMIUM")
    if not path:
        message = "no Chromium: set CHROMIUM=/path/to/chromium, or run scripts/test"
        if os.environ.get(NEED):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()
