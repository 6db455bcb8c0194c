"""The service under test, as a process of its own."""

import os
import pathlib
import re
import subprocess
import threading
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("ACCEPTANCE_BINARY", ROOT / ".build" / "debug" / "explain-server"))


class Service:
    """One running service; `stop` and `start` again take the same port."""

    def __init__(self, port=0, **settings):
        self.port = port
        self.settings = settings
        self.process = None
        # Where its metrics are, if it was told to serve them.
        self.metrics = None

    def start(self):
        """Starts it and waits until it says that it listens."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("EXPLAIN_")}
        environment |= {f"EXPLAIN_{name.upper()}": str(value) for name, value in self.settings.items()}
        self.process = subprocess.Popen(
            [BINARY, "serve", "--port", str(self.port)], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
        )
        log = []
        for line in self.process.stderr:
            log.append(line)
            if found := re.search(r"listening on http://[^ ]*:(\d+)", line):
                self.port = int(found[1])
                if "metrics_listen" in self.settings:
                    self.metrics = re.search(r"metrics on (http://[^ \"]*/metrics)", self.process.stderr.readline())[1]
                # A log that nobody reads would hold the service up.
                threading.Thread(target=self.process.stderr.read, daemon=True).start()
                return self
        raise RuntimeError("the service did not start:\n" + "".join(log))

    def stop(self):
        """Ends it; nothing listens on its port afterwards. Its exit code."""
        if self.process:
            self.process.terminate()
            code = self.process.wait()
            self.process = None
            return code

    @property
    def host(self):
        """Host and port, as they stand in an address."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self):
        """Scheme, host and port."""
        return f"http://{self.host}"

    def get(self, target, **headers):
        """Status, header fields and text of the answer, whatever the status."""
        status, fields, body = self.read(target, **headers)
        return status, fields, body.decode()

    def read(self, target, **headers):
        """The same with the bytes as they came."""
        request = urllib.request.Request(self.url + target, headers=headers)
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()
