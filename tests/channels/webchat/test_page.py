"""The chat page in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser, Page, ViewportSize, expect

PHONE: ViewportSize = {"width": 360, "height": 740}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture
def page(browser: Browser, chat):
    context = browser.new_context(viewport=PHONE, locale="pl-PL")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
    page.goto(chat.address)
    expect(page.get_by_text("witamy")).to_be_visible()
    yield page
    context.close()
    lost = re.compile("WebSocket connection|ERR_CONNECTION")
    assert [problem for problem in problems if not lost.search(problem)] == []


def ask(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.keyboard.press("Enter")


def test_a_question_is_answered(page):
    ask(page, "gdzie wc")

    expect(page.get_by_text("echo Text(text='gdzie wc')")).to_be_visible()


def test_everything_that_a_reply_can_hold_is_drawn(page):
    ask(page, "everything")

    answer = page.locator(".bubble.bot").last
    expect(answer.get_by_role("heading", name="Tytuł")).to_be_visible()
    expect(answer.get_by_role("heading", name="Zielony Kąt")).to_be_visible()
    expect(answer.get_by_text("przykład")).to_be_visible()
    expect(answer.get_by_text("Źródło: strona")).to_be_visible()
    expect(answer.get_by_role("link", name="Mapa: WDK, Kielce")).to_be_visible()
    expect(answer.get_by_role("link", name="Strona")).to_have_attribute("href", "https://a.example")
    expect(page.get_by_role("button", name="Więcej")).to_be_visible()


def test_a_file_is_downloaded_as_it_was_sent(page, tmp_path):
    ask(page, "everything")

    with page.expect_download() as download:
        page.get_by_role("link", name="targi.ics").click()

    assert download.value.suggested_filename == "targi.ics"
    download.value.save_as(tmp_path / "kept")
    assert (tmp_path / "kept").read_bytes() == b"BEGIN:VCALENDAR"


def test_a_tap_sends_its_data_and_shows_its_label(page, chat):
    page.get_by_role("button", name="Program").click()

    expect(page.get_by_text("echo Tap(data='menu:p')")).to_be_visible()
    expect(page.locator(".bubble.mine").last).to_contain_text("Program")


def test_paging_replaces_the_message(page):
    ask(page, "everything")
    page.get_by_role("button", name="Więcej").click()

    expect(page.get_by_text("strona 2")).to_be_visible()
    expect(page.get_by_text("Drugi akapit.")).to_have_count(0)


def test_nothing_in_an_answer_is_taken_for_html(page):
    ask(page, "<b>x</b>")

    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    expect(page.get_by_role("link", name="https://a.example/b")).to_be_visible()


def test_the_language_buttons_change_page_and_bot(page, chat):
    page.get_by_role("button", name="English").click()

    expect(page.get_by_text("echo Command(name='jezyk', argument='en')")).to_be_visible()
    expect(page.get_by_role("heading", name="Test fair")).to_be_visible()
    expect(page.get_by_text("Clock: 30 November")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_the_page_speaks_the_language_of_the_browser(browser, chat):
    page = browser.new_page(locale="uk-UA")
    page.goto(chat.address)

    expect(page.get_by_role("heading", name="Тестовий ярмарок")).to_be_visible()
    page.close()


def test_the_page_comes_back_by_itself_and_says_so(page, chat):
    chat.restart()
    expect(page.get_by_text("Brak połączenia")).to_have_count(0, timeout=15_000)

    ask(page, "znowu")

    expect(page.get_by_text("echo Text(text='znowu')")).to_be_visible(timeout=15_000)


def test_a_question_whose_answer_was_lost_is_answered_after_the_reconnect(page, chat):
    ask(page, "slow")
    expect(page.get_by_text("Odpowiedź w drodze")).to_be_attached()
    page.evaluate("state.socket.close()")

    expect(page.get_by_text("wolno")).to_have_count(1, timeout=15_000)


def test_an_error_behind_one_question_does_not_end_the_chat(page):
    ask(page, "error")
    expect(page.get_by_text("Coś poszło nie tak")).to_be_visible()

    ask(page, "dalej")

    expect(page.get_by_text("echo Text(text='dalej')")).to_be_visible()


def test_a_link_to_the_page_can_name_a_stand(browser, chat):
    page = browser.new_page()
    page.goto(f"{chat.address}/?start=e_arl")
    expect(page.get_by_text("witamy")).to_be_visible()

    assert chat.partner.heard[-1].content.argument == "e_arl"
    page.close()


def test_the_keyboard_alone_is_enough(page):
    page.locator("body").press("Tab")
    for _ in range(10):
        if page.evaluate("document.activeElement.textContent") == "Program":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("echo Tap(data='menu:p')")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP])
def test_axe_finds_no_barrier(page, scheme, size):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    ask(page, "everything")
    expect(page.get_by_text("Drugi akapit.")).to_be_visible()

    found = Axe().run(page)

    assert found.violations_count == 0, found.generate_report()


def test_nothing_sticks_out_sideways_on_a_narrow_phone(page):
    page.set_viewport_size({"width": 320, "height": 600})
    ask(page, "everything " + "x" * 300)
    expect(page.locator(".bubble.mine").last).to_contain_text("xxx")

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_control_is_big_enough_for_a_thumb(page):
    ask(page, "everything")
    expect(page.get_by_text("Drugi akapit.")).to_be_visible()

    sizes = page.eval_on_selector_all(
        "button, a.button, input",
        "all => all.map(e => Math.min(e.offsetHeight, e.offsetWidth))",
    )

    assert min(sizes) >= 44


def test_the_whole_page_stays_below_60_kb(browser, chat):
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on("response", lambda answer: sizes.update({answer.url: len(answer.body())}))
    page.goto(chat.address)
    expect(page.get_by_text("witamy")).to_be_visible()
    page.close()

    assert sum(sizes.values()) < 60_000
    assert all(url.startswith(chat.address) for url in sizes)
