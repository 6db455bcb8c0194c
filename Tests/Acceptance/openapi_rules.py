"""What OpenAPI has no words for: parameters that go only with each other. Schemathesis loads it beside the description.

A case that should be accepted is mended so that it keeps to these rules; one that should be refused is left as it is.
"""

import schemathesis
from schemathesis.generation import GenerationMode


@schemathesis.hook
def map_case(context, case):
    """The case, with parameters that go together."""
    if case.meta is not None and case.meta.generation.mode is not GenerationMode.POSITIVE:
        return case
    query, body = case.query, case.body
    if case.operation.path == "/explain" and query.get("format") not in ("markdown", "fragment"):
        query.pop("heading", None)
    if case.operation.path == "/facts":
        # A cursor comes from the page before, and no page is before the first.
        query.pop("cursor", None)
        if query.get("format", "json") not in ("json", "ndjson"):
            query.pop("fields", None)
    if case.operation.path == "/lint":
        # It asks for an error status.
        query.pop("fail_on", None)
    if case.operation.path == "/lint" and isinstance(body, dict):
        for name in body:
            query.pop(name, None)
    if case.operation.path == "/v2/check":
        names = body if isinstance(body, dict) else query
        # Beside the text; only what is enabled is wanted, so something has to be.
        names.pop("data", None)
        if str(names.get("enabledOnly")).lower() in ("true", "yes"):
            names.pop("enabledOnly")
    return case


@schemathesis.hook
def filter_case(context, case):
    """Leaves out what cannot be wrong: whatever is sent as text is a text."""
    is_text = (case.media_type or "").startswith("text/")
    return not (is_text and not isinstance(case.body, str) and case.meta and case.meta.generation.mode is not GenerationMode.POSITIVE)
