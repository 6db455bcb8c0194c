"""Every address that can be read, with the header fields that choose a form, found out from the service itself."""

import json
import re
import urllib.parse
from typing import NamedTuple

# More of a resource than its parameters say: an explainer inside a frame is another page than the one that tells how to embed it.
FURTHER = ["/embed?audience=student"]


class Address(NamedTuple):
    """A target and the media type that is asked for; None asks for nothing."""

    target: str
    accept: str | None = None

    @property
    def headers(self):
        return {"Accept": self.accept} if self.accept else {}

    def __str__(self):
        return self.target + (f" as {self.accept}" if self.accept else "")


def addresses(service):
    """Every GET resource: alone, by each media type, by each `format`, by each suffix."""
    _, _, text = service.get("/openapi.json")
    operations = {path: item["get"] for path, item in json.loads(text)["paths"].items() if "get" in item}
    _, _, text = service.get("/?format=json")
    resources = {resource["path"]: resource for resource in json.loads(text)["resources"] if "GET" in resource["methods"]}
    assert resources.keys() == operations.keys(), "the index and the description name different resources"
    found = {}
    for path, operation in operations.items():
        base = example(path, operation["parameters"])
        found[Address(base)] = path
        content = operation["responses"]["200"]["content"]
        if len(content) > 1:
            found |= {Address(base, media_type): path for media_type in content}
        if "format" in resources[path]["parameters"]:
            found |= {Address(base + ("&" if "?" in base else "?") + f"format={form}"): path for form in resources[path]["formats"]}
        _, headers, _ = service.read(base)
        found |= {Address(link): path for link in re.findall(r'<([^>]+)>; rel="alternate"', headers["Link"] or "")}
    found |= {Address(target): "" for target in FURTHER}
    return list(found)


def example(path, parameters):
    """The path with the description's own example for whatever must be given."""
    for parameter in parameters:
        if parameter["in"] == "path":
            path = path.replace("{" + parameter["name"] + "}", parameter["example"])
    query = {parameter["name"]: parameter["example"] for parameter in parameters if parameter["in"] == "query" and parameter.get("required")}
    return path + ("?" + urllib.parse.urlencode(query) if query else "")
