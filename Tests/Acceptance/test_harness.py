"""That the instruments measure: a harness that sees nothing would call everything fine."""

import pytest
from addresses import Address
from httplinting import httplint, redbot

def test_the_service_answers(service):
    assert service.get("/healthz")[0] == 200


def test_the_browser_shows_colours_and_width_as_told(browser, service):
    for scheme, width in (("light", 360), ("dark", 1280)):
        browser.look(scheme=scheme, width=width)
        browser.open(service.url + "/version.txt")
        assert browser.run("return matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")
        assert browser.run("return innerWidth") == width


def test_script_is_off_when_told(browser, pages):
    address = pages.add("/", "<!doctype html><title>t</title><p>still</p><script>document.querySelector('p').textContent = 'ran'</script>")
    browser.look(script=False)
    browser.open(address)
    assert browser.one("p").text == "still"
    browser.look(script=True)
    browser.open(address)
    assert browser.one("p").text == "ran"


def test_complaints_and_foreign_hosts_are_noticed(browser, pages, service):
    browser.open(pages.add("/", f"<!doctype html><title>t</title><script>console.error('oh')</script><img alt='' src='{service.url}/none'>"))
    with pytest.raises(AssertionError, match="oh"):
        browser.check_quiet()
    browser.complaints.clear()
    with pytest.raises(AssertionError, match=service.host):
        browser.check_quiet()
    browser.hosts.add(service.host)


def test_axe_finds_what_is_wrong(browser, pages):
    browser.open(pages.add("/", "<!doctype html><title>t</title><p style='color:#ccc;background:#fff'>pale</p><button></button>"))
    with pytest.raises(AssertionError, match="color-contrast"):
        browser.check_accessible()


def test_redbot_and_httplint_find_what_is_wrong(pages):
    # A date that is none, and a tag that is not recognised when it is sent back.
    pages.add("/", "<!doctype html><title>t</title>", ETag='"1"', Last_Modified="yesterday")
    complaints, resources = redbot(pages, [Address("/")])
    assert {"INM_FULL", "BAD_DATE_SYNTAX"} <= {complaint.note for complaint in complaints}
    assert resources.keys() == {Address("/")}
    assert "BAD_DATE_SYNTAX" in {complaint.note for complaint in httplint(pages, "GET", "/")[0]}
