"""The example that has a model write: against a stand-in for the model whose first answer breaks the rules."""

import http.server
import json
import pathlib
import subprocess
import sys
import threading

import pytest

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples" / "write-with-a-model.py"
BAD = "There is no magic in it: every model becomes 88% smaller."


class Model:
    """An OpenAI-compatible endpoint that gives prepared answers, and keeps what it was asked."""

    def __init__(self, *answers, status=200):
        self.asked = []
        model = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                model.asked.append((self.path, self.headers["Authorization"], body))
                text = answers[min(len(model.asked), len(answers)) - 1]
                answer = text if isinstance(text, dict) else {"choices": [{"message": {"role": "assistant", "content": text}}]}
                data = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/v1"

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def model():
    """Starts stand-ins."""
    started = []

    def start(*answers, **options):
        started.append(Model(*answers, **options))
        return started[-1]

    yield start
    for one in started:
        one.stop()


def run(service_url, model_url, *arguments, key="a-key"):
    return subprocess.run(
        [sys.executable, EXAMPLE, "--service", service_url, "--endpoint", model_url, "--model", "stand-in", *arguments],
        capture_output=True, text=True, timeout=120, env={"OPENAI_API_KEY": key, "PATH": "/usr/bin:/bin"},
    )


def piece(service):
    """A text without findings: what the service itself serves, without its footnotes."""
    status, _, text = service.get("/explain.md?audience=student")
    assert status == 200
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("[^"))


def test_the_second_answer_mends_what_the_first_broke(service, model):
    stand_in = model(BAD, piece(service))
    result = run(service.url, stand_in.url, "--audience", "students", "--trigger", "in simple terms")
    assert result.returncode == 0, result.stderr
    assert result.stdout == piece(service).strip() + "\n"
    assert "try 1: " in result.stderr and "try 2: 0 findings" in result.stderr
    (path, authorization, first), (_, _, second) = stand_in.asked
    assert path == "/v1/chat/completions" and authorization == "Bearer a-key" and first["model"] == "stand-in"
    assert [message["role"] for message in first["messages"]] == ["system", "user"]
    assert "Students" in first["messages"][1]["content"] and "[weights-16-bit]" in first["messages"][0]["content"]
    assert second["messages"][:2] == first["messages"]
    assert second["messages"][2] == {"role": "assistant", "content": BAD + "\n"}
    advice = second["messages"][3]["content"]
    assert "[magic]" in advice and "[unverified-number]" in advice and "88%" in advice


def test_after_three_tries_it_says_what_is_left(service, model):
    stand_in = model(BAD)
    result = run(service.url, stand_in.url, "--scope", "fragment")
    assert result.returncode == 1
    assert len(stand_in.asked) == 3
    assert result.stdout == BAD + "\n"
    assert "1:13: error: " in result.stderr and "[magic]" in result.stderr


@pytest.mark.parametrize(
    "arguments, answer, status, says",
    [
        (["--audience", "studnet"], BAD, 200, "Did you mean student?"),
        ([], {"error": {"message": "no such model"}}, 404, "answers 404"),
        ([], {"choices": []}, 200, "gives no message"),
        ([], " ", 200, "empty message"),
    ],
)
def test_what_cannot_be_asked_is_said(service, model, arguments, answer, status, says):
    result = run(service.url, model(answer, status=status).url, *arguments)
    assert result.returncode == 2
    assert says in result.stderr and "Traceback" not in result.stderr


def test_a_service_that_is_not_there_is_said(model):
    stand_in = model(BAD)
    result = run("http://127.0.0.1:9", stand_in.url)
    assert result.returncode == 2 and "127.0.0.1:9" in result.stderr and not stand_in.asked
