"""A browser as a reader has it: colours, width, script on or off; and what it complained about or asked for."""

import json
import pathlib
import urllib.parse

import axe_playwright_python
from axe_selenium_python import Axe
from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

SCREENSHOTS = pathlib.Path(__file__).parent / "screenshots"
AXE = next(pathlib.Path(axe_playwright_python.__file__).parent.rglob("axe.min.js"))
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


def chromium():
    """Debian's Chromium with Debian's driver, without a window."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars", "--force-color-profile=srgb",
        "--disable-background-networking", "--disable-component-update", "--no-first-run",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(60)
    driver.set_script_timeout(60)
    return driver


class Browser:
    """One page at a time. What it complained about, and whom it asked, is checked when a test ends."""

    def __init__(self, driver):
        self.driver = driver
        self.hosts = set()
        self.complaints = []
        self.asked = set()

    def look(self, *, scheme="light", width=1280, height=800, script=True, reduced_motion=False):
        """How the next page is shown."""
        self.command("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce" if reduced_motion else "no-preference"},
        ])
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.command("Emulation.setScriptExecutionDisabled", value=not script)

    def open(self, url):
        """Opens a page, whose host it may then ask for more."""
        self.hosts.add(urllib.parse.urlsplit(url).netloc)
        self.driver.get(url)

    def command(self, name, **parameters):
        """Speaks to the browser itself (Chrome DevTools Protocol)."""
        return self.driver.execute_cdp_cmd(name, parameters)

    def run(self, script, *arguments):
        """What a piece of script returns."""
        return self.driver.execute_script(script, *arguments)

    def all(self, selector):
        """The elements that a CSS selector finds."""
        return self.driver.find_elements("css selector", selector)

    def one(self, selector):
        """The first element that a CSS selector finds."""
        return self.driver.find_element("css selector", selector)

    def wait(self, condition, why, seconds=20):
        """Until a condition holds; what it returned then."""
        return WebDriverWait(self.driver, seconds, poll_frequency=0.05).until(lambda _: condition(), why)

    def screenshot(self, name, *, whole=True):
        """A picture for people to look at, of the whole page."""
        SCREENSHOTS.mkdir(exist_ok=True)
        if whole:
            height = self.run("return document.documentElement.scrollHeight")
            width = self.run("return document.documentElement.clientWidth")
            self.command(
                "Emulation.setDeviceMetricsOverride", width=width, height=min(max(height, 300), 8000), deviceScaleFactor=1, mobile=False)
        (SCREENSHOTS / f"{name}.png").write_bytes(self.driver.get_screenshot_as_png())

    def check_accessible(self, selector="html"):
        """WCAG 2.2 AA, as far as a program can tell, of what a CSS selector finds."""
        axe = Axe(self.driver, AXE)
        axe.inject()
        options = {"runOnly": {"type": "tag", "values": WCAG}}
        found = self.driver.execute_async_script("axe.run(arguments[0], arguments[1]).then(arguments[2])", selector, options)
        assert not found["violations"], f"{self.driver.current_url}\n{axe.report(found['violations'])}"

    def listen(self):
        """Takes in what the browser logged since the last time."""
        for entry in self.driver.get_log("browser"):
            # What a browser asks for by itself is no fault of a page.
            if entry["level"] in ("SEVERE", "WARNING") and "/favicon.ico" not in entry["message"]:
                self.complaints.append(f"{entry['level']}: {entry['message']}")
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                address = urllib.parse.urlsplit(message["params"]["request"]["url"])
                if address.scheme in ("http", "https", "ws", "wss"):
                    self.asked.add(address.netloc)

    def expect_complaints(self, about):
        """Complaints are wanted here: some, and all of them about this. They count as dealt with."""
        self.listen()
        others = [complaint for complaint in self.complaints if about not in complaint]
        assert self.complaints and not others, f"expected only complaints about {about}, got {self.complaints}"
        self.complaints.clear()

    def check_quiet(self):
        """No warning and no error in the console, and no request to a host that the test did not name."""
        self.listen()
        assert not self.complaints, "the console says:\n" + "\n".join(self.complaints)
        others = self.asked - self.hosts
        assert not others, f"asked {', '.join(sorted(others))} besides {', '.join(sorted(self.hosts))}"
