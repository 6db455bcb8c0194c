"""HTTP as its own critics see it: REDbot and httplint at everything that can be read, and at what is refused."""

import itertools

import pytest
from addresses import addresses
from httplinting import httplint, redbot

# A note that either tool may make, and why it is right all the same. What is not named here fails.
ACCEPTED = {
    "HEADER_SHOULD_NOT_BE_IN_304": "Content-Language is on every answer; on a 304 it repeats what the stored answer says already.",
    # What a refusal is about, and no fault in its wording.
    "STATUS_BAD_REQUEST": "It was one: the request is meant to be refused.",
    "STATUS_NOT_FOUND": "Nothing is there, as meant.",
    "STATUS_METHOD_NOT_ALLOWED": "The method is not one of the resource's, as meant.",
    "STATUS_NOT_ACCEPTABLE": "Nothing of what was accepted is there, as meant.",
    "STATUS_NOT_IMPLEMENTED": "oEmbed wants it for a format that is not provided.",
    "STATUS_URI_TOO_LONG": "It was, as meant.",
    "URI_TOO_LONG": "It was, as meant.",
}

ERRORS = [
    ("GET", "/nothing", {}, 404),
    ("GET", "/facts/nothing", {"Accept": "text/html"}, 404),
    ("GET", "/nothing", {"Accept": "text/plain"}, 404),
    ("GET", "/explain?audience=studnet", {}, 400),
    ("GET", "/explain?audience=studnet", {"Accept": "text/html"}, 400),
    ("GET", "/explain.md?format=html", {}, 400),
    ("GET", "/explain", {"Accept": "image/png"}, 406),
    ("GET", "/mcp", {}, 405),
    ("DELETE", "/explain", {}, 405),
    ("GET", "/oembed?url=%2Fexplain&format=xml", {}, 501),
    ("GET", "/explain?q=" + "a" * 9000, {}, 414),
]


@pytest.fixture(scope="module")
def everything(service):
    """Every address in every form."""
    return addresses(service)


@pytest.fixture(scope="module")
def plain(service, everything):
    """What each of them answers without a coding; that, too, is looked at."""
    answers = {}
    for address in everything:
        complaints, answers[address] = httplint(service, "GET", address.target, {**address.headers, "Accept-Encoding": "identity"})
        assert not unexplained(complaints)
        assert "content-encoding" not in fields(answers[address])
    return answers


def unexplained(complaints):
    """Those that nobody accepted, in a form that a person can read; each kind once."""
    found = [complaint for complaint in complaints if complaint.note not in ACCEPTED]
    return [str(next(group)) for _, group in itertools.groupby(sorted(found), key=lambda complaint: complaint.note)]


def test_redbot_finds_nothing_wrong(service, everything):
    complaints, resources = redbot(service, everything)
    assert not unexplained(complaints)
    assert resources.keys() == set(everything)
    for address, resource in resources.items():
        assert resource.response.status_code == 200, address
        if "etag" in resource.response.headers.parsed:
            assert resource.inm_support, address


@pytest.mark.parametrize("coding", ["identity", "gzip", "br"])
def test_each_coding_is_right_and_says_the_same(service, plain, coding):
    for address, bare in plain.items():
        headers = {**address.headers, "Accept-Encoding": coding}
        complaints, answer = httplint(service, "GET", address.target, headers)
        assert not unexplained(complaints)
        assert answer.status_code == 200 and answer.content_decoded
        assert fields(answer).get("content-encoding", coding) == coding
        assert answer.decoded.hash == bare.decoded.hash, address
        assert fields(answer).get("vary") == fields(bare).get("vary"), address
        if "etag" not in fields(answer):
            assert fields(answer)["cache-control"] == "no-store", address
            continue
        is_coded = "content-encoding" in fields(answer)
        assert is_coded == (fields(answer)["etag"] != fields(bare)["etag"]), address
        complaints, again = httplint(service, "GET", address.target, {**headers, "If-None-Match": fields(answer)["etag"]})
        assert not unexplained(complaints)
        assert again.status_code == 304, address
        for name in ("etag", "cache-control", "vary"):
            assert fields(again)[name] == fields(answer)[name], (address, name)


def test_head_says_what_get_would(service, plain):
    for address, answer in plain.items():
        complaints, head = httplint(service, "HEAD", address.target, {**address.headers, "Accept-Encoding": "identity"})
        assert not unexplained(complaints)
        changing = ("x-request-id", "date")
        assert {name: value for name, value in fields(head).items() if name not in changing} == {
            name: value for name, value in fields(answer).items() if name not in changing
        }, address


def test_what_may_be_asked_is_told_well(service, everything):
    for target in {address.target for address in everything}:
        complaints, answer = httplint(service, "OPTIONS", target)
        assert not unexplained(complaints)
        assert answer.status_code == 204 and "GET" in fields(answer)["allow"], target
    preflight = {"Origin": "https://wiki.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    complaints, answer = httplint(service, "OPTIONS", "/lint", preflight)
    assert not unexplained(complaints)
    assert answer.status_code == 204 and "POST" in fields(answer)["access-control-allow-methods"]


@pytest.mark.parametrize("form", ["json", "html", "text", "sarif", "rdjsonl", "github"])
def test_a_check_is_answered_well(service, form):
    complaints, answer = httplint(
        service, "POST", f"/lint?format={form}", {"Content-Type": "text/plain"}, b"There is no wizardry in the file format."
    )
    assert not unexplained(complaints)
    assert answer.status_code == 200


@pytest.mark.parametrize(("method", "target", "headers", "status"), ERRORS, ids=lambda value: str(value)[:40])
def test_a_refusal_is_worded_well(service, method, target, headers, status):
    complaints, answer = httplint(service, method, target, headers)
    assert not unexplained(complaints)
    assert answer.status_code == status and fields(answer)["cache-control"] == "no-store"


def fields(answer):
    """The answer's header fields, as sent."""
    return {name.lower(): value.strip() for name, value in answer.headers.text}
