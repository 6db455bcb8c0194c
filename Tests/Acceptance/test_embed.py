"""Explainers on pages of another origin: the element under a strict policy, the fetched fragment, the frame, and what links to them show."""

import gzip
import json
import pathlib
import re
import struct
import urllib.parse
import urllib.request

import pytest

EXAMPLES = pathlib.Path(__file__).resolve().parents[2] / "examples"
SCHEMES = [(scheme, width) for scheme in ("light", "dark") for width in (360, 1280)]


@pytest.fixture
def example(pages, service):
    """Puts an example on a page of another origin, with the service's address and the script's digest filled in; returns its address."""

    def put(name, to=service, **changes):
        pages.add("/wiki.css", "html { background: Canvas; color: CanvasText }", Content_Type="text/css")
        description = json.loads(service.get("/embed.json")[2])
        text = (EXAMPLES / name).read_text()
        text = re.sub(r'src="[^"]*/embed/\w+/embed.js" integrity="[^"]*"',
                      f'src="{description["script"]}" integrity="{description["integrity"]}"', text)
        for old, new in {service.url: "https://explain.example.org", **changes}.items():
            text = text.replace(old, new)
        return pages.add(f"/{name}", text.replace("https://explain.example.org", to.url))

    return put


def state(browser, selector):
    return browser.run("return document.querySelector(arguments[0]).dataset.state", selector)


def wait_for(browser, wanted, selector="#light"):
    browser.wait(lambda: state(browser, selector) == wanted, f"{selector} never became {wanted}")


def shadow(browser, script):
    """What a script returns that finds the shadow tree as `root`."""
    return browser.run(f"const root = document.querySelector('#shadow').shadowRoot; return {script}")


@pytest.mark.parametrize("scheme, width", SCHEMES)
def test_the_element_on_a_page_under_a_strict_policy(browser, service, example, scheme, width):
    browser.look(scheme=scheme, width=width)
    browser.hosts.add(service.host)
    browser.open(example("element.html"))
    wait_for(browser, "loaded")
    article = browser.one("#light > article")
    assert "explainer" in article.get_attribute("class") and article.get_attribute("lang") == "en"
    assert "[1]" in article.text and browser.all("#light section.explainer-sources li")
    assert browser.run("return document.querySelector('#light data').closest('a').href").startswith(service.url + "/facts/")
    assert not browser.all("#light [style], #light script")
    assert browser.run("return document.querySelector('#light').hasAttribute('aria-busy')") is False
    browser.run("document.querySelector('#shadow').scrollIntoView()")
    wait_for(browser, "loaded", "#shadow")
    assert shadow(browser, "root.querySelector('h3').textContent.length") > 5
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    browser.check_accessible()
    browser.screenshot(f"element-{scheme}-{width}")


def test_several_on_one_page_have_ids_of_their_own(browser, service, pages):
    browser.hosts.add(service.host)
    twice = "<quantization-explainer audience=student></quantization-explainer>" * 2
    browser.open(pages.add("/", f"<!doctype html><html lang=en><title>t</title><script defer src='{service.url}/embed.js'></script>{twice}"))
    browser.wait(lambda: len(browser.all("[data-state=loaded]")) == 2, "not both were loaded")
    ids = browser.run("return [...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) > 4 and len(ids) == len(set(ids))
    for one in browser.all("quantization-explainer"):
        links = browser.run("return [...arguments[0].querySelectorAll('a[href^=\"#\"]')].map((link) => link.hash.slice(1))", one)
        own = browser.run("return [...arguments[0].querySelectorAll('[id]')].map((element) => element.id)", one)
        assert links and set(links) <= set(own)


def test_lazy_waits_for_the_reader(browser, service, pages):
    browser.hosts.add(service.host)
    browser.open(pages.add(
        "/", f"<!doctype html><title>t</title><script defer src='{service.url}/embed.js'></script><div style='height:5000px'></div>"
             "<quantization-explainer id=light loading=lazy length=brief>link</quantization-explainer>"))
    browser.wait(lambda: browser.run("return !!customElements.get('quantization-explainer')"), "no element was defined")
    assert state(browser, "#light") is None and browser.one("#light").text == "link"
    browser.run("document.querySelector('#light').scrollIntoView()")
    wait_for(browser, "loaded")


def test_events_and_changed_attributes(browser, service, pages):
    browser.hosts.add(service.host)
    browser.open(pages.add("/", f"""<!doctype html><title>t</title>
<quantization-explainer id=light length=brief>link</quantization-explainer>
<script>
const events = window.events = [];
const one = document.querySelector("#light");
for (const name of ["loadstart", "replace", "load", "error", "loadend"]) one.addEventListener(name, (event) => events.push(event.type));
</script>
<script defer src="{service.url}/embed.js"></script>"""))
    wait_for(browser, "loaded")
    assert browser.run("return events") == ["loadstart", "replace", "load", "loadend"]
    title = browser.one("#light h2").text
    browser.run("const one = document.querySelector('#light'); one.setAttribute('audience', 'developer'); one.setAttribute('heading', '4')")
    browser.wait(lambda: browser.all("#light h4"), "the changed attributes had no effect")
    assert browser.one("#light h4").text != title
    assert browser.run("return events").count("loadstart") == 2
    kept = browser.one("#light h4").text
    browser.run("const one = document.querySelector('#light'); one.addEventListener('replace', (event) => event.preventDefault());"
                "one.setAttribute('audience', 'student')")
    browser.wait(lambda: browser.run("return events").count("loadend") == 3, "nothing was loaded")
    assert browser.one("#light h4").text == kept


def test_an_unknown_audience_keeps_the_fallback_and_says_what_would_have_worked(browser, service, pages):
    browser.hosts.add(service.host)
    browser.open(pages.add("/", f"""<!doctype html><title>t</title>
<quantization-explainer id=light audience=studnt>link</quantization-explainer>
<script>document.querySelector("#light").addEventListener("error", (event) => window.failure = event.detail);</script>
<script defer src="{service.url}/embed.js"></script>"""))
    wait_for(browser, "error")
    assert browser.one("#light").text == "link"
    failure = browser.run("return failure")
    assert failure["status"] == 400 and "Did you mean student?" in failure["message"]
    browser.listen()
    assert any("Did you mean student?" in complaint for complaint in browser.complaints)
    browser.complaints.clear()


def test_with_the_service_down_the_fallback_stays_and_then_the_text_comes(browser, start_service, example):
    # The port is wanted again at once, while connections to it are still being forgotten.
    own = start_service(share_port="true")
    browser.hosts.add(own.host)
    address = example("element.html", to=own)
    # The page has the script; the service goes away before it is asked for the text.
    browser.open(address)
    wait_for(browser, "loaded")
    own.stop()
    # What was answered minutes ago would still be shown, as Cache-Control has it.
    browser.command("Network.clearBrowserCache")
    browser.run("const one = document.querySelector('#light'); one.replaceChildren('the link'); one.reload()")
    wait_for(browser, "error")
    assert browser.one("#light").text == "the link"
    # Not even the script can be had.
    browser.command("Network.clearBrowserCache")
    browser.open(address)
    assert "explained for students" in browser.one("#light").text
    browser.screenshot("element-service-down")
    browser.expect_complaints("ERR_CONNECTION_REFUSED")
    own.start()
    browser.open(address)
    wait_for(browser, "loaded")
    assert browser.all("#light > article")


def test_other_bytes_than_those_of_integrity_do_not_run(browser, service, example):
    browser.hosts.add(service.host)
    browser.open(example("element.html"))
    wait_for(browser, "loaded")
    integrity = json.loads(service.get("/embed.json")[2])["integrity"]
    browser.open(example("element.html", **{integrity: "sha384-" + "A" * 64}))
    assert browser.run("return !!customElements.get('quantization-explainer')") is False
    assert "explained for students" in browser.one("#light").text
    browser.expect_complaints("integrity")


def test_links_in_the_shadow_tree_lead_to_the_sources(browser, service, example):
    browser.hosts.add(service.host)
    browser.open(example("element.html"))
    browser.run("document.querySelector('#shadow').scrollIntoView()")
    wait_for(browser, "loaded", "#shadow")
    shadow(browser, "root.querySelector('a[href^=\"#\"]').click()")
    browser.wait(lambda: shadow(
        browser, "(({top, bottom}) => top >= 0 && bottom <= innerHeight)(root.querySelector('.explainer-sources li').getBoundingClientRect())"
    ), "the source did not come into view")


def test_the_script_is_small(service):
    assert len(gzip.compress(service.get("/embed.js")[2].encode())) < 6 * 1024


def test_a_page_that_fetches(browser, service, example):
    browser.hosts.add(service.host)
    browser.open(example("fetch.html"))
    browser.wait(lambda: browser.all("#explainer > article"), "no article came")
    assert browser.run("return document.querySelector('#explainer data').closest('a').href").startswith(service.url + "/facts/")
    browser.check_accessible()
    browser.screenshot("fetch")


@pytest.mark.parametrize("scheme, width", SCHEMES)
def test_the_frame_is_as_high_as_its_text(browser, service, example, scheme, width):
    browser.look(scheme=scheme, width=width)
    browser.hosts.add(service.host)
    browser.open(example("iframe.html"))
    frame = browser.one("iframe")
    browser.wait(lambda: frame.get_attribute("height") != "600", "the frame told no height")
    browser.driver.switch_to.frame(frame)
    # The sandbox has neither cookies nor storage, so the page got along without.
    assert browser.all("article.explainer")
    assert browser.run("return getComputedStyle(document.body).margin") == "0px", "the style sheet did not load"
    browser.wait(lambda: browser.run("return document.documentElement.scrollHeight <= innerHeight"), "the frame still scrolls")
    assert all(link.get_attribute("target") == "_blank" for link in browser.all("a[href^=http], a[href^='/']"))
    browser.driver.switch_to.default_content()
    browser.screenshot(f"iframe-{scheme}-{width}")


def test_the_frame_speaks_as_wordpress_wants(browser, service, pages):
    browser.hosts.add(service.host)
    browser.open(pages.add("/", f"""<!doctype html><title>t</title>
<script>window.messages = []; addEventListener("message", (event) => messages.push(event.data));</script>
<iframe title="t" sandbox="allow-scripts" security="restricted" data-secret="a1B2c3D4e5" src="{service.url}/embed?audience=student#?secret=a1B2c3D4e5"></iframe>"""))
    told = browser.wait(lambda: [m for m in browser.run("return messages") if m.get("message") == "height"], "WordPress was told no height")
    assert told[0]["secret"] == "a1B2c3D4e5" and 200 < told[0]["value"] < 20000
    browser.driver.switch_to.frame(browser.one("iframe"))
    browser.run("const link = document.querySelector('.explainer-fact'); link.removeAttribute('href'); link.href = '/facts'; "
                "link.addEventListener('click', (event) => event.preventDefault()); link.click()")
    browser.driver.switch_to.default_content()
    links = browser.wait(lambda: [m for m in browser.run("return messages") if m.get("message") == "link"], "no link was passed on")
    assert links[0] == {"message": "link", "value": service.url + "/facts", "secret": "a1B2c3D4e5"}


def test_an_unknown_audience_is_told_in_the_frame(browser, service, pages):
    browser.hosts.add(service.host)
    browser.open(pages.add("/", f"<!doctype html><title>t</title><iframe title=t src='{service.url}/embed?audience=studnt'></iframe>"))
    browser.driver.switch_to.frame(browser.one("iframe"))
    assert "Did you mean student?" in browser.one("main").text
    browser.driver.switch_to.default_content()


def test_no_other_page_can_be_framed(browser, service, pages):
    browser.hosts.add(service.host)
    browser.open(pages.add("/", f"<!doctype html><title>t</title><iframe title=t src='{service.url}/explain.html'></iframe>"))
    browser.wait(lambda: browser.listen() or browser.complaints, "nothing was refused")
    browser.expect_complaints("frame-ancestors")


@pytest.mark.parametrize("scheme, width", SCHEMES)
def test_the_guide(browser, service, scheme, width):
    browser.look(scheme=scheme, width=width)
    browser.open(service.url + "/embed")
    page = browser.one("main").text
    description = json.loads(service.get("/embed.json")[2])
    assert description["integrity"] in page and description["script"] in page
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
    browser.check_accessible()
    browser.screenshot(f"embed-{scheme}-{width}")


def test_what_the_guide_shows_works_when_pasted(browser, service, pages):
    browser.hosts.add(service.host)
    description = json.loads(service.get("/embed.json?audience=developer")[2])
    browser.open(pages.add("/", f"<!doctype html><html lang=en><title>t</title>{description['element']}{description['frame']}"))
    browser.wait(lambda: browser.all("quantization-explainer > article"), "the element did not load")
    assert browser.one("quantization-explainer").get_attribute("audience") == "developer"


def test_a_page_leads_to_its_embed_and_its_picture(browser, service, start_service):
    public = start_service(public_url=service.url)
    browser.open(public.url + "/explain?audience=student")
    found = {
        name: browser.run("const one = document.querySelector(arguments[0]); return one.content || one.href", selector)
        for name, selector in {
            "oembed": 'link[type="application/json+oembed"]', "image": 'meta[property="og:image"]', "url": 'meta[property="og:url"]',
            "title": 'meta[property="og:title"]', "type": 'meta[property="og:type"]', "label": 'meta[name="twitter:data1"]',
        }.items()
    }
    assert found["type"] == "article" and found["label"] == "Students" and found["url"].startswith(service.url + "/explain?audience=student")
    assert found["oembed"].startswith(service.url)
    # Another replica that is not told its public address answers for the one that it was asked under.
    with urllib.request.urlopen(found["oembed"]) as answer:
        embed = json.load(answer)
    assert (embed["type"], embed["version"], embed["title"]) == ("rich", "1.0", found["title"])
    assert re.fullmatch(r"(<blockquote>.*?</blockquote>)(<iframe [^>]*></iframe>)", embed["html"]), "WordPress would drop this"
    with urllib.request.urlopen(found["image"]) as answer:
        image = answer.read()
        assert answer.headers["Content-Type"] == "image/png"
    assert struct.unpack(">II", image[16:24]) == (1200, 630)
    frame = urllib.parse.urlsplit(re.search(r'<iframe src="([^"]*)"', embed["html"])[1].replace("&amp;", "&"))
    assert service.get(f"{frame.path}?{frame.query}")[0] == 200
