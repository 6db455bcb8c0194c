#!/usr/bin/env python3
"""Has a language model write an explainer, checks what it wrote, and lets it mend what was found.

usage: write-with-a-model.py --model NAME [--audience student] [--trigger "with an analogy"]
                             [--service http://127.0.0.1:8080] [--endpoint http://127.0.0.1:11434/v1] [--scope explainer]

Any OpenAI-compatible endpoint will do (llama.cpp, Ollama, vLLM, a hosted one); a key is read from OPENAI_API_KEY. The text goes to
standard output, everything else to standard error. The exit code is 0 for a text without findings, 1 if findings are left after
three tries, and 2 if the service or the model cannot be asked. Only the Python standard library is needed.
"""

import argparse
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

TRIES = 3


class Unanswered(Exception):
    """Nobody answered, or not in the form that was expected."""


def ask(url, body=None, headers=None):
    """The JSON that a URL answers."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Accept": "application/json", **(headers or {})})
    if data is not None:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            text = error.read().decode(errors="replace")
        try:
            text = json.loads(text)["detail"]
        except (ValueError, KeyError, TypeError):
            pass
        raise Unanswered(f"{url} answers {error.code}: {text[:500]}") from error
    except (OSError, ValueError) as error:
        raise Unanswered(f"{url}: {error}") from error


def write(endpoint, model, messages):
    """What the model answers to the messages."""
    key = os.environ.get("OPENAI_API_KEY")
    answer = ask(
        f"{endpoint}/chat/completions",
        {"model": model, "messages": messages, "temperature": 0.3},
        {"Authorization": f"Bearer {key}"} if key else None,
    )
    try:
        text = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError) as error:
        raise Unanswered(f"{endpoint} gives no message: {json.dumps(answer)[:500]}") from error
    if not isinstance(text, str) or not text.strip():
        raise Unanswered(f"{endpoint} gives an empty message")
    return text.strip() + "\n"


def advice(findings):
    """What the model is told about its text."""
    lines = []
    for finding in findings:
        start = finding["range"]["start"]
        line = f"- line {start['line']}, \"{finding['match']}\" [{finding['rule']}]: {finding['message']} {finding['help']}"
        for suggestion in finding["suggestions"][:2]:
            line += f" For example: {suggestion.get('replacement') or suggestion.get('fact')}."
        lines.append(line)
    return "The check found this in your text:\n\n" + "\n".join(lines) + "\n\nMend it and answer with the whole piece alone."


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--audience")
    parser.add_argument("--trigger")
    parser.add_argument("--scope", choices=["explainer", "fragment"], default="explainer")
    parser.add_argument("--service", default="http://127.0.0.1:8080")
    parser.add_argument("--endpoint", default=os.environ.get("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1"))
    options = parser.parse_args()
    service, endpoint = options.service.rstrip("/"), options.endpoint.rstrip("/")

    wanted = {"audience": options.audience, "trigger": options.trigger}
    query = urllib.parse.urlencode({name: value for name, value in wanted.items() if value})
    prompt = ask(f"{service}/prompt.json?{query}")
    messages = prompt["messages"]
    for attempt in range(1, TRIES + 1):
        text = write(endpoint, options.model, messages)
        report = ask(
            f"{service}/lint.json",
            {"text": text, "format": "markdown", "scope": options.scope, "audience": prompt["audience"], "topic": prompt["topic"]},
        )
        findings = report["findings"]
        counts = report["counts"]
        print(f"try {attempt}: {len(findings)} findings, {counts['sourced']} of {counts['numbers']} figures sourced", file=sys.stderr)
        if not findings:
            break
        messages = messages + [{"role": "assistant", "content": text}, {"role": "user", "content": advice(findings)}]
    print(text, end="")
    for finding in findings:
        start = finding["range"]["start"]
        print(f"{start['line']}:{start['column']}: {finding['severity']}: {finding['message']} [{finding['rule']}]", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unanswered as problem:
        print(f"error: {problem}", file=sys.stderr)
        sys.exit(2)
