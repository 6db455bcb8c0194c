"""What stands in front of replicas, as `deploy/` has it: each file as it is shipped, with the names of hosts and the ports put in."""

import json
import pathlib
import random
import socket
import subprocess
import time
import urllib.request

from service import ROOT

DEPLOY = ROOT / "deploy"
# Varnish would else work as a user who cannot read a test's folder.
JAIL = ("-j", "none")


def until(condition, what, seconds=30):
    """Waits for the condition to hold; its value."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"still not so after {seconds} seconds: {what}"
        time.sleep(0.02)
    return value


def free_port():
    """One that nobody has, and that no outgoing connection takes while its owner is being restarted."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise RuntimeError("of a hundred ports, none is free")


def shipped(name, *changes):
    """A file of `deploy/` with each (old, new) replaced; it is an error if there is nothing to replace."""
    text = (DEPLOY / name).read_text()
    for old, new in changes:
        assert old in text, f"deploy/{name} has no {old!r}"
        text = text.replace(old, new)
    return text


class Front:
    """A program that passes requests on to replicas, on a port of its own."""

    def __init__(self, folder):
        self.port = free_port()
        self.folder = pathlib.Path(folder)
        self.log = None
        self.process = None

    @property
    def url(self):
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self.port}"

    def run(self, *arguments):
        """Starts the program and waits until it passes on what a replica says."""
        self.log = (self.folder / "log").open("wb+")
        self.process = subprocess.Popen(arguments, cwd=self.folder, stdout=self.log, stderr=subprocess.STDOUT)
        until(self.is_ready, f"{arguments[0]} answers")
        return self

    def is_ready(self):
        """Whether a request comes through."""
        assert self.process.poll() is None, (self.folder / "log").read_text()
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self):
        """Ends it; nothing listens on its port afterwards."""
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None
            self.log.close()


class Varnish(Front):
    """Varnish with `varnish.vcl`, and what it counts."""

    def start(self, replicas, before=""):
        """`before` comes before the shipped file, such as a shorter time to live."""
        (self.folder / "shipped.vcl").write_text(vcl(replicas))
        (self.folder / "test.vcl").write_text(f'vcl 4.1;\n{before}\ninclude "{self.folder}/shipped.vcl";\n')
        return self.run(
            "varnishd", *JAIL, "-F", "-a", f"127.0.0.1:{self.port}", "-f", self.folder / "test.vcl", "-n", self.folder / "work",
            "-s", "malloc,64m", "-p", "http_gzip_support=off",
        )

    def healthy(self):
        """How many replicas it holds for healthy."""
        result = subprocess.run(
            ["varnishadm", "-n", self.folder / "work", "backend.list", "-j"], capture_output=True, text=True, check=True
        )
        return sum(one["probe_message"][2] == "healthy" for one in json.loads(result.stdout)[3].values() if one["type"] == "backend")

    def count(self, name):
        """One of Varnish's counters, such as `cache_hit`."""
        result = subprocess.run(
            ["varnishstat", "-n", self.folder / "work", "-j", "-f", f"MAIN.{name}"], capture_output=True, text=True, check=True
        )
        return json.loads(result.stdout)["counters"][f"MAIN.{name}"]["value"]


class HAProxy(Front):
    """HAProxy with `haproxy.cfg`, and what it says of its replicas."""

    def start(self, replicas):
        """Passes requests on to these two."""
        (self.folder / "haproxy.cfg").write_text(
            haproxy(replicas, self.port).replace("global\n", f"global\n    stats socket {self.folder}/socket\n")
        )
        return self.run("haproxy", "-db", "-f", self.folder / "haproxy.cfg")

    def states(self):
        """What it holds of each replica, such as UP or DOWN, and how many requests each has had."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self.folder / "socket"))
            connection.sendall(b"show stat\n")
            text = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
        names = text.splitlines()[0].removeprefix("# ").split(",")
        rows = [dict(zip(names, line.split(","))) for line in text.splitlines()[1:] if line]
        return {row["svname"]: row for row in rows if row["svname"].startswith("explain-")}


class Nginx(Front):
    """nginx with `nginx.conf`."""

    def start(self, replicas):
        """Passes requests on to these two."""
        self.tls_port = free_port()
        (self.folder / "nginx.conf").write_text(nginx(replicas, self.port, self.tls_port, self.folder))
        return self.run("nginx", "-p", self.folder, "-c", self.folder / "nginx.conf", "-e", "stderr", "-g", "daemon off; user root;")


class Caddy(Front):
    """Caddy with `Caddyfile`, as plain HTTP."""

    def start(self, replicas):
        """Passes requests on to these two."""
        (self.folder / "Caddyfile").write_text(
            "{\n\tadmin off\n}\n" + shipped("Caddyfile", ("explain.example.org", f"http://127.0.0.1:{self.port}"), *hosts(replicas))
        )
        return self.run("env", f"HOME={self.folder}", "caddy", "run", "--adapter", "caddyfile", "--config", self.folder / "Caddyfile")


def vcl(replicas):
    """`varnish.vcl` for these replicas."""
    return shipped("varnish.vcl", *((f'.host = "explain-{number}";\n    .port = "8080";', f'.host = "127.0.0.1";\n    .port = "{one.port}";')
                                    for number, one in enumerate(replicas, 1)))


def haproxy(replicas, port):
    """`haproxy.cfg` for these replicas."""
    return shipped("haproxy.cfg", *hosts(replicas), ("bind :8080", f"bind 127.0.0.1:{port}"))


def nginx(replicas, port, tls_port, folder):
    """`nginx.conf` for these replicas, with a certificate of its own and everything it writes in the folder."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-keyout", folder / "tls.key", "-out", folder / "tls.crt"],
        check=True, capture_output=True,
    )
    return shipped(
        "nginx.conf", ("/tmp/", f"{folder}/"), ("/etc/nginx/tls/", f"{folder}/"), *hosts(replicas),
        ("listen 8080;", f"listen 127.0.0.1:{port};"), ("listen 8443 ", f"listen 127.0.0.1:{tls_port} "),
    )


def hosts(replicas):
    """Where the replicas really are."""
    return [(f"explain-{number}:8080", one.host) for number, one in enumerate(replicas, 1)]
