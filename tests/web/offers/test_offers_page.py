"""The page of offers in a real browser, with scripts switched off."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture
def page(browser: Browser, address):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    icon = re.compile("404")
    assert [problem for problem in problems if not icon.search(problem)] == []


def choose(page: Page, name: str, choice: str) -> None:
    filtering = page.locator("details", has_text=name).first
    filtering.locator("summary").click()
    filtering.get_by_role("link", name=choice, exact=True).click()


def test_offers_are_filtered_without_a_script_and_the_address_says_by_what(page, address):
    page.goto(f"{address}/oferty")
    expect(page.get_by_role("heading", level=1)).to_have_text("Oferty wsparcia dla organizacji")

    choose(page, "Potrzeba", "lokal")
    choose(page, "Kto szuka", "Fundacja")
    choose(page, "Obszar", "powiat ostrowiecki")

    expect(page.get_by_role("heading", name="Lokal na start")).to_be_visible()
    expect(page.get_by_role("heading", name="Wspólna księgowość")).to_have_count(0)
    assert page.url == f"{address}/oferty?need=premises&form=foundation&area=powiat-ostrowiecki"
    page.reload()
    expect(page.get_by_role("heading", name="Lokal na start")).to_be_visible()


def test_why_an_offer_nearly_fits_is_told(page, address):
    page.goto(f"{address}/oferty?need=accounting&area=powiat-ostrowiecki")

    nearly = page.locator("section", has_text="Prawie pasuje")
    expect(nearly.get_by_text("Dlaczego nie: tylko na obszarze: Kielce").first).to_be_visible()


def test_what_is_over_stands_apart_and_goes_when_only_open_ones_are_wanted(page, address):
    page.goto(f"{address}/oferty?need=grant")
    over = page.locator("section", has_text="Termin minął")
    expect(over.get_by_role("heading", name="Mikrogrant jesienny")).to_be_visible()

    choose(page, "Nabór", "można składać teraz")

    expect(page.get_by_role("heading", name="Mikrogrant jesienny")).to_have_count(0)
    expect(page.get_by_role("heading", name="Mikrogrant sąsiedzki")).to_be_visible()


def test_one_offer_has_an_address_of_its_own(page, address):
    page.goto(f"{address}/oferty")
    page.get_by_role("link", name="Sala na spotkanie").click()

    assert page.url == f"{address}/oferty/sala-na-spotkanie"
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sala na spotkanie")
    expect(page.get_by_text("bezpłatnie do 3 godzin")).to_be_visible()
    expect(page.get_by_role("link", name="41 555 80 27")).to_have_attribute("href", "tel:415558027")


@pytest.mark.parametrize(
    ("language", "name", "offer"),
    [
        ("en", "Support for organisations", "Room for a meeting"),
        ("uk", "Підтримка для організацій", "Зала для зустрічі"),
    ],
)
def test_the_page_speaks_three_languages(page, address, language, name, offer):
    page.goto(f"{address}/oferty?need=room")
    page.get_by_role("link", name={"en": "English", "uk": "Українська"}[language]).click()

    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_role("heading", name=offer)).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.url == f"{address}/oferty?lang={language}&need=room"


def test_nothing_is_taken_for_html(page, address):
    page.goto(f"{address}/oferty/nasty")

    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>alert(1)</script>")
    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    expect(page.get_by_role("link", name="example.org")).to_have_attribute(
        "href", "https://example.org/?a=1&b=2"
    )


def test_an_offer_that_is_gone_is_said_to_be_gone(page, address):
    answer = page.goto(f"{address}/oferty/nowhere?lang=en")

    assert answer.status == 404
    expect(page.get_by_text("This offer is not (or no longer)")).to_be_visible()


def test_filters_that_nobody_knows_are_no_filters(page, address):
    page.goto(f"{address}/oferty?need=%3Cscript%3E&form=empire&area=moon&lang=xx&open=maybe")

    expect(page.get_by_role("heading", name="Lokal na start")).to_be_visible()
    expect(page.get_by_text("Usuń filtry")).to_have_count(0)


def test_printed_it_is_only_the_offers(page, address):
    page.goto(f"{address}/oferty?need=room")
    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Sala na spotkanie")).to_be_visible()
    expect(page.locator("nav").first).to_be_hidden()
    expect(page.locator("nav.filters")).to_be_hidden()


def test_the_keyboard_alone_reaches_the_offers(page, address):
    page.goto(f"{address}/oferty")
    page.keyboard.press("Tab")

    expect(page.get_by_role("link", name="Przejdź do ofert")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("path", ["/oferty?need=grant&lang=uk", "/oferty/sala-na-spotkanie"])
def test_axe_finds_no_barrier(browser, address, scheme, size, path):
    # Axe itself is a script that Playwright brings in; the page has none.
    page = browser.new_page(viewport=size, color_scheme=scheme)
    page.goto(f"{address}{path}")
    for details in page.locator("details").all():
        details.locator("summary").click()

    found = Axe().run(page)

    page.close()
    assert found.violations_count == 0, found.generate_report()


def test_a_phone_needs_no_sideways_scrolling(browser, address):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(f"{address}/oferty")

    width = page.evaluate("document.documentElement.scrollWidth")

    page.close()
    assert width <= 320
