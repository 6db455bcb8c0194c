"""What every test can ask for: the service, a browser, and pages of another origin."""

import pytest
from browser import Browser, chromium
from pages import Pages
from service import Service


@pytest.fixture(scope="session")
def service():
    """The service with its shipped content, on a free port; nobody stops it."""
    running = Service().start()
    yield running
    running.stop()


@pytest.fixture
def start_service():
    """Starts a service of the test's own, with settings such as `public_url`; the test may stop it and start it again."""
    started = []

    def start(port=0, **settings):
        started.append(Service(port, **settings))
        return started[-1].start()

    yield start
    for one in started:
        one.stop()


@pytest.fixture(scope="session")
def driver():
    """One browser for all tests."""
    driver = chromium()
    yield driver
    driver.quit()


@pytest.fixture
def browser(driver):
    """The browser with nothing open and nothing kept. The test fails if the console or the network show what it did not name."""
    driver.get("about:blank")
    browser = Browser(driver)
    browser.command("Network.enable")
    browser.command("Network.clearBrowserCache")
    browser.command("Network.clearBrowserCookies")
    browser.look()
    browser.listen()
    browser.complaints.clear()
    browser.asked.clear()
    yield browser
    browser.check_quiet()


@pytest.fixture
def pages():
    """A web server for pages of another origin."""
    pages = Pages()
    yield pages
    pages.stop()
