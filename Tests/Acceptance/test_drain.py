"""Restarts that nobody notices: two replicas behind HAProxy, one after the other, while readers go on reading."""

import http.client
import itertools
import threading

import pytest
from fronts import HAProxy, free_port, until
from service import Service

RESTARTS = 5
READERS = 4
ASKED = [
    ("GET", "/explain?audience=student", None),
    ("GET", "/facts?theme=memory", None),
    ("HEAD", "/explain.html", None),
    ("GET", "/facts/feed.atom", None),
    # Never sent twice by HAProxy once it has left: only a stop that first tells of itself lets it through.
    ("POST", "/mcp", '{"jsonrpc": "2.0", "id": 1, "method": "ping"}'),
]


class Reader(threading.Thread):
    """Asks one thing after the other until it is told to stop, and keeps what went wrong. Tries nothing twice."""

    def __init__(self, port, keeps, asked):
        super().__init__(daemon=True)
        self.port, self.keeps, self.asked = port, keeps, itertools.cycle(asked)
        self.is_over = False
        self.answers = 0
        self.failures = []

    def run(self):
        connection = None
        while not self.is_over:
            method, target, body = next(self.asked)
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                fields = {"Content-Type": "application/json"} if body else {}
                connection.request(method, target, body, fields if self.keeps else {**fields, "Connection": "close"})
                answer = connection.getresponse()
                text = answer.read()
                assert answer.status == 200, f"{answer.status} {text[:80]}"
                assert method == "HEAD" or len(text) == int(answer.headers["Content-Length"])
                self.answers += 1
                if not self.keeps or answer.will_close:
                    connection = connection.close()
            except Exception as error:
                self.failures.append(f"{method} {target}: {error!r}")
                connection = None


@pytest.fixture
def replicas():
    """Two services, each on a port of its own that it keeps."""
    started = [Service(free_port(), drain_delay_seconds=1).start() for _ in range(2)]
    yield started
    for one in started:
        one.stop()


@pytest.fixture
def haproxy(replicas, tmp_path):
    """HAProxy with the shipped file."""
    front = HAProxy(tmp_path).start(replicas)
    yield front
    front.stop()


def test_no_request_fails_while_replicas_are_restarted(replicas, haproxy):
    readers = [Reader(haproxy.port, keeps=number % 2 == 0, asked=ASKED) for number in range(READERS)]
    for reader in readers:
        reader.start()
    for _, (number, one) in itertools.product(range(RESTARTS), enumerate(replicas, 1)):
        name = f"explain-{number}"
        assert one.stop() == 0
        until(lambda: haproxy.states()[name]["status"] == "DOWN", f"{name} is left out")
        before = sum(reader.answers for reader in readers)
        until(lambda: sum(reader.answers for reader in readers) > before + READERS, "the other replica answers")
        one.start()
        until(lambda: haproxy.states()[name]["status"] == "UP", f"{name} is asked again")
    for reader in readers:
        reader.is_over = True
    for reader in readers:
        reader.join()
    answers = sum(reader.answers for reader in readers)
    failures = [failure for reader in readers for failure in reader.failures]
    print(f"{answers} answers over {RESTARTS} restarts of each of {len(replicas)} replicas, {len(failures)} failures")
    assert not failures
    # It was a load, and every reader had its part in it.
    assert answers > 1000 and all(reader.answers > 50 for reader in readers)


def test_without_a_second_replica_it_would_be_noticed(replicas, haproxy):
    for one in replicas:
        one.stop()
    reader = Reader(haproxy.port, keeps=True, asked=ASKED)
    reader.start()
    until(lambda: reader.failures, "the reader notices that nobody is there")
    reader.is_over = True
    reader.join()
