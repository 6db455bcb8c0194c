"""The OpenAPI description: valid, inside the limits of those who read it, and true."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).resolve().parent
TOOLS = pathlib.Path(sys.executable).parent


@pytest.fixture(scope="module")
def description(service):
    """The document as the service gives it."""
    status, headers, text = service.get("/openapi.json")
    assert status == 200 and headers["Content-Type"] == "application/json"
    return json.loads(text)


def operations(description):
    return [(path, method, operation) for path, item in description["paths"].items() for method, operation in item.items()]


def test_it_is_valid(description, tmp_path):
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(description))
    result = subprocess.run([TOOLS / "openapi-spec-validator", path], capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert description["openapi"].startswith("3.1.")


def test_it_is_linked_as_the_description_of_the_service(service):
    _, headers, _ = service.get("/explain")
    assert '</openapi.json>; rel="service-desc"; type="application/json"' in headers["Link"]


def test_it_names_every_resource_and_parameter(service, description):
    _, _, text = service.get("/?format=json")
    for resource in json.loads(text)["resources"]:
        if resource["path"] == "/mcp":
            continue  # what it speaks describes itself
        method = "post" if "POST" in resource["methods"] else "get"
        operation = description["paths"][resource["path"]][method]
        named = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"}
        assert named == set(resource["parameters"]), resource["path"]


def test_descriptions_fit_into_gpt_actions(service, description):
    seen = set()
    for path, method, operation in operations(description):
        assert 0 < len(operation["summary"]) <= 300 and len(operation.get("description", "")) <= 300, (method, path)
        for parameter in operation["parameters"]:
            assert 0 < len(parameter["description"]) <= 700, (method, path, parameter["name"])
        assert operation["operationId"] not in seen
        seen.add(operation["operationId"])
        assert operation["tags"][0] in {tag["name"] for tag in description["tags"]}
    assert description["servers"] == [{"url": service.url}]


def test_every_error_has_its_form_and_an_example(description):
    for path, method, operation in operations(description):
        errors = {status: answer for status, answer in operation["responses"].items() if status not in ("200", "422", "503")}
        assert {"400", "405"} <= set(errors), (method, path)
        for answer in errors.values():
            name = answer["$ref"].removeprefix("#/components/responses/")
            content = description["components"]["responses"][name]["content"]
            if not path.startswith("/v2/"):
                assert content["application/problem+json"]["example"]["detail"]


def test_every_schema_is_used(description):
    text = json.dumps(description)
    for name in description["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in text, name


def test_the_service_does_what_it_says(start_service, tmp_path):
    """Schemathesis with all of its checks: what the description allows is accepted, what it forbids is refused, answers have their schema."""
    # Connected to Slack, because a service that is not answers 404 there whatever is sent.
    service = start_service(slack_signing_secret="0123456789abcdef0123456789abcdef")
    result = subprocess.run(
        [
            TOOLS / "schemathesis", "run", f"{service.url}/openapi.json", "--checks", "all", "--max-examples", "30", "--no-color",
            "--seed", "20261123",
        ],
        cwd=tmp_path, env=os.environ | {"SCHEMATHESIS_HOOKS": str(HERE / "openapi_rules.py")}, capture_output=True, text=True,
        timeout=1800,
    )
    assert result.returncode == 0, result.stdout[-20000:] + result.stderr[-2000:]
