"""More than one: replicas that say the same, and caches in front of them."""

import collections
import concurrent.futures
import http.client
import itertools
import json
import random
import shutil
import signal
import ssl
import urllib.request

import pytest
from addresses import Address, addresses
from fronts import Caddy, Nginx, Varnish, free_port, until
from service import ROOT, Service

# A short life for whatever is stored, so that nobody has to wait for five minutes.
SHORT = "sub vcl_backend_response { set beresp.ttl = 0.3s; }"

# What browsers and programs send, in different words for the same.
FORMS = {
    "page": [
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    ],
    "either": ["text/html, */*"],
    "default": ["*/*", None],
    "json": ["application/json"],
}
CODINGS = {
    "either": ["gzip, deflate, br, zstd", "gzip;q=0.8, br;q=1.0"],
    "br": ["br", "br;q=1, gzip;q=0"],
    "gzip": ["gzip", "gzip, deflate", "gzip, br;q=0", "deflate, gzip;q=1.0, *;q=0.5"],
    "identity": ["identity", "gzip;q=0", None],
}
# Different words for the same target.
TARGETS = [
    ["/explain", "/explain?utm_source=chat", "/explain?_=1700000000"],
    ["/explain?audience=student&length=brief", "/explain?length=brief&audience=student", "/explain?utm_x=1&length=brief&_=2&audience=student"],
    ["/explain?audience=developer&trigger=bridge-expert-and-general-audience"],
    ["/explain.json?audience=mixed"],
    ["/facts?theme=memory&bits=4", "/facts?bits=4&theme=memory"],
    ["/facts/qwen2-7b-memory-int4"],
    ["/myths"],
    ["/charts/memory"],
    ["/match?q=tell+my+pm+with+an+analogy"],
    ["/"],
]
CHANGING = ("date", "x-request-id", "age", "via", "server", "x-cache", "x-varnish", "connection", "transfer-encoding", "accept-ranges", "content-length")


def ask(one, target, **headers):
    """Status, header fields and bytes of one answer; nothing is sent that is not named."""
    connection = http.client.HTTPConnection("127.0.0.1", one.port, timeout=60)
    connection.putrequest("GET", target, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        if value:
            connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


def lasting(answer):
    """What of an answer has to be the same wherever it comes from."""
    status, headers, body = answer
    return status, {name: value for name, value in headers.items() if name not in CHANGING}, body


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """Content that a test may change."""
    folder = tmp_path_factory.mktemp("content") / "config"
    shutil.copytree(ROOT / "config", folder)
    return folder


@pytest.fixture(scope="module")
def replicas(content):
    """Two services with the same content."""
    started = [Service(free_port(), config=content, public_url="https://explain.example.org") for _ in range(2)]
    for one in started:
        one.start()
    yield started
    for one in started:
        one.stop()


@pytest.fixture
def start(tmp_path):
    """Starts what stands in front."""
    fronts = []

    def start(kind, *arguments, **options):
        folder = tmp_path / kind.__name__
        folder.mkdir()
        fronts.append(kind(folder))
        return fronts[-1].start(*arguments, **options)

    yield start
    for front in fronts:
        front.stop()


def test_every_replica_says_the_same(replicas):
    first, second = replicas
    everything = addresses(first)
    choices = [json.loads(first.get(f"/{kind}")[2])[kind] for kind in ("audiences", "triggers")]
    for audience, trigger in itertools.product(*choices):
        for length, suffix in itertools.product(["brief", "standard", "full"], ["txt", "md", "html", "json"]):
            everything.append(Address(f"/explain.{suffix}?audience={audience['id']}&trigger={trigger['id']}&length={length}"))
    assert len(everything) > 500
    for address, coding in itertools.product(everything, ["identity", "br"]):
        answers = [ask(one, address.target, Accept=address.accept, Accept_Encoding=coding, Host="explain.example.org") for one in replicas]
        assert [answer[0] for answer in answers] == [200, 200], address
        # /version also says since when a replica runs.
        if not address.target.startswith("/version"):
            assert lasting(answers[0]) == lasting(answers[1]), address
    text = b"There is no wizardry in a 93% saving."
    answers = [urllib.request.urlopen(urllib.request.Request(one.url + "/lint", text, {"Content-Type": "text/plain"})).read() for one in replicas]
    assert answers[0] == answers[1] and b"unverified-number" in answers[0]


def test_a_cache_answers_nearly_everything_and_as_the_service_would(replicas, start):
    requests = [
        (target, accept, coding)
        for targets, accepts, codings in itertools.product(TARGETS, FORMS.values(), CODINGS.values())
        for target, accept, coding in itertools.product(targets, accepts, codings)
    ]
    expected = {each: lasting(ask(replicas[0], each[0], Accept=each[1], Accept_Encoding=each[2])) for each in requests}
    assert {answer[0] for answer in expected.values()} == {200}
    varnish = start(Varnish, replicas)
    before = collections.Counter({name: varnish.count(name) for name in ("cache_hit", "cache_miss", "backend_req")})
    load = random.Random(7).choices(requests, k=4000)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = pool.map(lambda each: ask(varnish, each[0], Accept=each[1], Accept_Encoding=each[2]), load)
        for each, answer in zip(load, answers):
            assert lasting(answer) == expected[each], each
    counts = collections.Counter({name: varnish.count(name) for name in before}) - before
    print(dict(counts), f"{counts['cache_hit'] / len(load):.1%} from the cache")
    assert counts["cache_hit"] + counts["cache_miss"] == len(load)
    # One for each form and coding of each target, however they were worded: not one in twenty asks a replica.
    assert counts["cache_miss"] <= len(TARGETS) * len(FORMS) * len(CODINGS)
    assert counts["backend_req"] == counts["cache_miss"]


def test_what_is_no_read_is_never_stored(replicas, start):
    varnish = start(Varnish, replicas)
    for one in (varnish, start(Nginx, replicas)):
        for text, word in ((b"There is no wizardry here.", b"magic"), (b"It is 93% smaller.", b"unverified-number")):
            request = urllib.request.Request(one.url + "/lint?format=text", text, {"Content-Type": "text/plain"})
            with urllib.request.urlopen(request) as answer:
                assert word in answer.read()
    before = varnish.count("cache_hit")
    for target, status in (("/healthz", 200), ("/nothing", 404), ("/explain?audience=studnet", 400)) * 3:
        assert ask(varnish, target)[0] == status
    assert varnish.count("cache_hit") == before


def test_what_has_grown_old_is_asked_for_with_its_tag(replicas, start):
    varnish = start(Varnish, replicas, before=SHORT)
    _, first, body = ask(varnish, "/explain?audience=student")

    def is_renewed():
        status, headers, again = ask(varnish, "/explain?audience=student")
        assert (status, headers["etag"], again) == (200, first["etag"], body)
        return varnish.count("fetch_304") >= 3

    until(is_renewed, "three renewals by a 304 without a body")
    # A reader's own copy is good for as long as the cache's.
    assert ask(varnish, "/explain?audience=student", If_None_Match=first["etag"])[0] == 304


def test_old_answers_are_given_while_replicas_are_slow_and_when_they_are_away(replicas, start):
    varnish = start(Varnish, replicas, before=SHORT)
    target = "/explain?audience=developer"
    _, _, body = ask(varnish, target)
    grace = varnish.count("cache_hit_grace")
    for one in replicas:
        one.process.send_signal(signal.SIGSTOP)
    try:
        # Nobody answers the cache, so what it gives it has not waited for.
        until(lambda: ask(varnish, target)[::2] == (200, body) and varnish.count("cache_hit_grace") > grace, "an old answer is given")
        until(lambda: varnish.healthy() == 0, "the cache knows that the replicas are away")
        status, headers, again = ask(varnish, target)
        assert (status, again) == (200, body) and headers["age"]
        assert ask(varnish, "/explain?audience=general")[0] == 503
    finally:
        for one in replicas:
            one.process.send_signal(signal.SIGCONT)
    renewed = varnish.count("fetch_304")
    until(lambda: ask(varnish, target)[0] == 200 and varnish.count("fetch_304") > renewed, "the answer is renewed")


def test_a_new_tag_takes_the_place_of_the_old_without_a_purge(replicas, content, start):
    varnish = start(Varnish, replicas, before=SHORT)
    target = "/topics/quantization.json"
    _, old, _ = ask(varnish, target)
    topic = content / "topics" / "quantization" / "topic.yaml"
    topic.write_text(topic.read_text().replace("title: LLM quantization\n", "title: LLM quantization, corrected\n"))
    for one in replicas:
        one.stop()
        assert ask(varnish, target)[0] == 200
        one.start()
        until(lambda: varnish.healthy() == 2, "the cache asks both replicas again")

    def is_new():
        status, headers, body = ask(varnish, target)
        assert status == 200
        return b"corrected" in body and headers["etag"]

    new = until(is_new, "the corrected text comes through the cache")
    assert new != old["etag"]
    assert ask(varnish, target, If_None_Match=old["etag"])[0] == 200
    assert ask(varnish, target, If_None_Match=new)[0] == 304
    assert {ask(one, target)[1]["etag"] for one in replicas} == {new}


def test_nginx_caches_by_form_and_coding_and_speaks_tls(replicas, start):
    nginx = start(Nginx, replicas)
    for accepts, codings in itertools.product(FORMS.values(), CODINGS.values()):
        for number, (accept, coding) in enumerate(itertools.product(accepts, codings)):
            answer = ask(nginx, "/myths", Accept=accept, Accept_Encoding=coding)
            assert answer[1]["x-cache"] == ("HIT" if number else "MISS"), (accept, coding)
            assert lasting(answer) == lasting(ask(replicas[0], "/myths", Accept=accept, Accept_Encoding=coding))
    trusting = ssl.create_default_context(cafile=nginx.folder / "tls.crt")
    trusting.check_hostname = False
    with urllib.request.urlopen(f"https://127.0.0.1:{nginx.tls_port}/myths", context=trusting) as answer:
        assert answer.status == 200 and answer.headers["X-Cache"] == "HIT"


def test_caddy_asks_the_other_replica_when_one_is_away(replicas, start):
    caddy = start(Caddy, replicas)
    for away in replicas:
        away.stop()
        for _ in range(20):
            status, headers, body = ask(caddy, "/explain?audience=student", Accept_Encoding="br")
            assert status == 200 and body and headers["etag"]
        away.start()
