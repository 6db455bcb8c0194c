"""What REDbot and httplint find wrong with answers: notes of the levels "warning" and "bad"."""

import configparser
import http.client
import time
from typing import NamedTuple

import thor
from httplint import HttpRequestLinter, HttpResponseLinter
from httplint.note import levels
from redbot.resource import HttpResource


class Complaint(NamedTuple):
    """A note, by the name that it has in its tool, and what was looked at."""

    note: str
    about: str
    summary: str

    def __str__(self):
        return f"{self.note} at {self.about}: {self.summary}"


def complaints_of(about, notes):
    """Those of the notes, and of the notes below them, that find fault."""
    for note in notes:
        if note.level in (levels.WARN, levels.BAD):
            yield Complaint(type(note).__name__, about, note.summary)
        yield from complaints_of(about, note.subnotes)


def redbot(service, addresses):
    """REDbot at each address: the answer, the same in gzip, its validators sent back, a range of it. Its complaints, and its resources."""
    config = configparser.ConfigParser()
    config.read_dict({"redbot": {"enable_local_access": "True"}})
    resources = {}
    waiting = iter(addresses)
    checking = set()

    def check_next():
        address = next(waiting, None)
        if address is None:
            if not checking:
                thor.stop()
            return
        resource = resources[address] = HttpResource(config["redbot"])
        # By number: it asks the domain name system, which knows no localhost.
        resource.set_request(f"http://127.0.0.1:{service.port}{address.target}", headers=list(address.headers.items()))
        checking.add(resource)

        def done():
            checking.remove(resource)
            thor.schedule(0, check_next)

        resource.once("check_done", done)
        resource.check()

    for _ in range(8):
        thor.schedule(0, check_next)
    thor.run()
    found = []
    for address, resource in resources.items():
        assert resource.response.complete, f"{address}: {resource.fetch_error and resource.fetch_error.desc}"
        found += complaints_of(str(address), resource.response.notes)
        for check in resource.subreqs.values():
            found += complaints_of(f"{address}, {check.check_name}", check.response.notes)
    return found, resources


def httplint(service, method, target, headers=None, body=None):
    """One exchange: httplint's complaints, and its reading of the answer."""
    headers = {"Host": f"127.0.0.1:{service.port}", "User-Agent": "httplint", **(headers or {})}
    connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=60)
    started = time.time()
    connection.request(method, target, body=body, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()

    request = HttpRequestLinter(start_time=started)
    request.process_request_topline(method.encode(), target.encode(), b"1.1")
    request.process_headers([(name.encode(), value.encode()) for name, value in headers.items()])
    request.feed_content(body or b"")
    request.finish_content(True)
    linter = HttpResponseLinter(start_time=started, _related=request, no_content=method == "HEAD")
    linter.is_head_response = method == "HEAD"
    linter.base_uri = f"http://127.0.0.1:{service.port}{target}"
    linter.process_response_topline(b"1.1", str(answer.status).encode(), answer.reason.encode())
    linter.process_headers([(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.getheaders()])
    linter.feed_content(content)
    linter.finish_content(True)
    about = " ".join([method, target, *(f"{name}: {value}" for name, value in headers.items() if name not in ("Host", "User-Agent"))])
    return list(complaints_of(f"{about} → {answer.status}", linter.notes)), linter
