"""Pages of somebody else: another origin, with header fields of its own."""

import http.server
import threading


class Pages:
    """A web server on a free port of the host name `localhost`, which no service under test has."""

    def __init__(self):
        self.files = {}
        pages = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                page = pages.files.get(self.path.split("?")[0])
                body, headers = page or (b"", {})
                # A browser asks for an icon by itself.
                self.send_response(200 if page else 204 if self.path == "/favicon.ico" else 404)
                for name, value in ({"Content-Type": "text/html; charset=utf-8"} | headers).items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self):
        """The port that it has."""
        return self.server.server_address[1]

    @property
    def url(self):
        """Scheme, host and port."""
        return f"http://localhost:{self.port}"

    def add(self, path, text, **headers):
        """A page, or another file; `Content_Type` is written Content-Type. Returns its address."""
        self.files[path] = (text.encode(), {name.replace("_", "-"): value for name, value in headers.items()})
        return self.url + path

    def stop(self):
        """Nothing listens on its port afterwards."""
        self.server.shutdown()
        self.server.server_close()
