"""The Model Context Protocol, with its official Python client in both of its dialects."""

import asyncio
import json
import urllib.request

import pytest
from mcp import MCPError
from mcp.client import Client
from mcp_types import PromptReference, ResourceTemplateReference

MODES = ("auto", "legacy")


@pytest.fixture(params=MODES)
def session(request, service):
    """Runs a coroutine with a connected client."""

    def run(work):
        async def connected():
            async with Client(service.url + "/mcp", mode=request.param) as client:
                # Past the client, a failed assertion would come out wrapped in several groups.
                try:
                    return await work(client), None
                except Exception as failure:
                    return None, failure

        answer, failure = asyncio.run(connected())
        if failure:
            raise failure
        return answer

    run.mode = request.param
    return run


async def call(client, tool, **arguments):
    """The structured answer; the client has compared it with the tool's schema."""
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content[0].text
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


async def everything(lister, name):
    """All pages of a list."""
    entries, cursor = [], None
    while True:
        page = await (lister(cursor=cursor) if cursor else lister())
        entries += getattr(page, name)
        cursor = page.next_cursor
        if not cursor:
            return entries


def test_each_mode_speaks_its_own_dialect(session):
    async def work(client):
        return client.protocol_version, client.server_info, client.server_capabilities, client.instructions

    version, info, capabilities, instructions = session(work)
    assert version == {"auto": "2026-07-28", "legacy": "2025-11-25"}[session.mode]
    assert info.name == "explain-server" and info.version
    assert capabilities.tools is not None and capabilities.prompts is not None
    assert capabilities.resources is not None and capabilities.completions is not None
    assert "lint" in instructions


def test_tools_are_described(session):
    tools = session(lambda client: everything(client.list_tools, "tools"))
    assert [tool.name for tool in tools] == ["explain", "find_facts", "get_fact", "lint", "search", "fetch"]
    for tool in tools:
        assert tool.annotations.read_only_hint and tool.annotations.idempotent_hint
        assert tool.annotations.open_world_hint is False and tool.annotations.destructive_hint is False
        assert tool.input_schema["additionalProperties"] is False and tool.output_schema["type"] == "object"
        assert 20 < len(tool.description) <= 1024
        for argument in tool.input_schema["properties"].values():
            assert argument["description"]


def test_every_tool_answers(session, service):
    async def work(client):
        piece = await call(client, "explain", audience="student", length="brief")
        assert piece["audience"]["id"] == "student" and piece["length"] == "brief" and piece["text"].startswith("# ")
        assert piece["figures"] and all(figure["text"] in piece["text"] for figure in piece["figures"])
        assert (await call(client, "explain"))["trigger"]["matched"] == "default"
        assert (await call(client, "explain", audience="pm", trigger="just the facts please"))["trigger"]["matched"] == "phrase"

        facts = await call(client, "find_facts", theme=["memory"], method=["gptq"], bits=["4"], limit=2)
        assert len(facts["facts"]) == 2 and facts["count"] > 2
        following = await call(
            client, "find_facts", theme=["memory"], method=["gptq"], bits=["4"], limit=2, cursor=facts["next_cursor"])
        assert not {fact["id"] for fact in facts["facts"]} & {fact["id"] for fact in following["facts"]}
        myths = await call(client, "find_facts", status=["refuted", "unsupported"])
        assert all(fact["reason"] for fact in myths["facts"])

        for figure in piece["figures"]:
            fact = await call(client, "get_fact", id=figure["fact"])
            assert fact["id"] == figure["fact"] and fact["url"] == f"{service.url}/facts/{fact['id']}"
        assert (await call(client, "get_fact", id=myths["facts"][0]["id"]))["status"] in ("refuted", "unsupported")

        broken = await call(client, "lint", text="There is no wizardry in the file format.")
        assert not broken["ok"] and broken["findings"][0]["rule"] == "magic"
        assert broken["findings"][0]["range"]["start"] == {"line": 1, "column": 13, "utf8": 12, "codepoint": 12, "utf16": 12}
        clean = await call(client, "lint", text=piece["text"], format="markdown", audience="student")
        assert clean["ok"] and clean["counts"]["sourced"] == clean["counts"]["numbers"]

        many = await call(client, "lint", text="There is no wizardry here. " * 150)
        assert len(many["findings"]) == 100 and many["counts"]["error"] == 150

        found = await call(client, "search", query="memory that a 4-bit Qwen2 7B model takes")
        assert found["results"] and any("qwen2-7b" in result["id"] for result in found["results"])
        asked = await call(client, "search", query="an analogy for students")
        assert asked["results"][0]["id"] == "quantization/student/analogy-based-technical-explanation"
        for result in found["results"][:3] + asked["results"][:1]:
            document = await call(client, "fetch", id=result["id"])
            assert document["id"] == result["id"] and document["url"] == result["url"] and document["text"]
            assert document["url"].startswith(service.url)
            with urllib.request.urlopen(document["url"]) as answer:
                assert answer.status == 200
        assert (await call(client, "search", query="xyzzy"))["results"] == []

    session(work)


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("explain", {"audience": "studnet"}, ["Did you mean student?", "Valid: general, student, product-manager, developer, mixed."]),
        ("explain", {"audeince": "student"}, ["Did you mean audience?"]),
        ("explain", {"length": 3}, ["is not a known length", "brief, standard, full"]),
        ("explain", {"trigger": {"id": "x"}}, ["trigger has to be a text, not an object."]),
        ("explain", {"trigger": "x" * 1000}, ["longer than 500 "]),
        ("find_facts", {"theme": ["memroy"]}, ["Did you mean memory?"]),
        ("find_facts", {"limit": 0}, ["from 1 to 100"]),
        ("find_facts", {"cursor": "nowhere"}, ["This cursor"]),
        ("find_facts", {"method": ["x"] * 1000}, ["more than 100 values"]),
        ("get_fact", {"id": "weights-16-bti"}, ["Did you mean weights-16-bit?"]),
        ("get_fact", {}, ["id is missing."]),
        ("lint", {"txet": "a"}, ["Did you mean text?", "text is missing"]),
        ("lint", {"text": "a", "scope": "fragmnt"}, ["Did you mean fragment?"]),
        ("lint", {"text": "a" * 1_100_000}, ["at most 1048576 are checked"]),
        ("search", {}, ["query is missing."]),
        ("fetch", {"id": "quantization/student/none"}, ["There is no fact"]),
    ],
)
def test_a_bad_argument_is_a_tool_error_that_says_what_would_have_worked(session, tool, arguments, says):
    result = session(lambda client: client.call_tool(tool, arguments))
    assert result.is_error and result.structured_content is None
    for part in says:
        assert part in result.content[0].text


def test_the_tool_error_has_the_words_of_http(session, service):
    told = session(lambda client: client.call_tool("explain", {"audience": "studnet"})).content[0].text
    status, _, body = service.get("/explain?audience=studnet", Accept="text/plain")
    assert status == 400 and body == f"400 Bad Request: {told}\n"


def test_every_prompt_is_there_for_every_audience(session, service):
    audiences = [entry["id"] for entry in json.loads(service.get("/audiences.json")[2])["audiences"]]
    triggers = [entry["id"] for entry in json.loads(service.get("/triggers.json")[2])["triggers"]]

    async def work(client):
        prompts = await everything(client.list_prompts, "prompts")
        assert [prompt.name for prompt in prompts] == triggers
        texts = set()
        for prompt in prompts:
            assert prompt.title and prompt.description and [argument.name for argument in prompt.arguments] == ["audience"]
            texts.add((await client.get_prompt(prompt.name)).messages[0].content.text)
            for audience in audiences:
                result = await client.get_prompt(prompt.name, {"audience": audience})
                assert [message.role for message in result.messages] == ["user"]
                texts.add(result.messages[0].content.text)
        assert len(texts) == len(triggers) * len(audiences)
        with pytest.raises(MCPError, match="Did you mean student") as refused:
            await client.get_prompt(prompts[0].name, {"audience": "studnet"})
        assert refused.value.error.code == -32602
        with pytest.raises(MCPError, match="There is no prompt"):
            await client.get_prompt("none")

    session(work)


def test_every_resource_can_be_read(session):
    async def work(client):
        resources = await everything(client.list_resources, "resources")
        uris = [str(resource.uri) for resource in resources]
        assert len(set(uris)) == len(uris) > 200
        for resource in resources:
            contents = (await client.read_resource(str(resource.uri))).contents
            assert len(contents) == 1 and str(contents[0].uri) == str(resource.uri) and contents[0].mime_type == resource.mime_type
            if resource.mime_type == "application/json":
                assert json.loads(contents[0].text)["id"] == resource.name
            else:
                assert contents[0].text.startswith("# ")
        with pytest.raises(MCPError, match="There is no resource") as refused:
            await client.read_resource("explain://fact/none-such")
        assert refused.value.error.code == (-32602 if session.mode == "auto" else -32002)
        assert refused.value.error.data == {"uri": "explain://fact/none-such"}

    session(work)


def test_templates_and_their_completion(session):
    async def work(client):
        templates = {template.name: template for template in await everything(client.list_resource_templates, "resource_templates")}
        assert list(templates) == ["explainer", "fact", "method"]

        async def complete(template, name, value):
            reference = ResourceTemplateReference(type="ref/resource", uri=templates[template].uri_template)
            return (await client.complete(reference, {"name": name, "value": value})).completion

        assert (await complete("explainer", "audience", "stu")).values == ["student"]
        assert (await complete("explainer", "audience", "pm")).values == ["product-manager"]
        assert "non-narrative-tech-communication" in (await complete("explainer", "trigger", "non-narr")).values
        assert (await complete("explainer", "length", "")).values == ["brief", "standard", "full"]
        assert (await complete("explainer", "topic", "quant")).values == ["quantization"]
        assert "gptq" in (await complete("method", "method", "gpt")).values
        facts = await complete("fact", "id", "")
        assert len(facts.values) == 100 and facts.has_more and facts.total > 100
        assert all(value.startswith("weights") for value in (await complete("fact", "id", "weights-16")).values)
        assert (await complete("fact", "id", "no such thing")).values == []
        prompt = PromptReference(type="ref/prompt", name="explain-quantization-simply")
        assert (await client.complete(prompt, {"name": "audience", "value": "dev"})).completion.values == ["developer"]
        with pytest.raises(MCPError, match="There is no argument"):
            await complete("fact", "ident", "")

    session(work)


def test_an_unknown_tool_and_a_bad_cursor_are_errors_of_the_protocol(session):
    async def work(client):
        with pytest.raises(MCPError, match="Did you mean explain") as refused:
            await client.call_tool("explian", {})
        assert refused.value.error.code == -32602
        with pytest.raises(MCPError, match="cursor") as refused:
            await client.list_resources(cursor="made up")
        assert refused.value.error.code == -32602

    session(work)


def test_a_ping_is_answered_where_there_is_one(service):
    async def work():
        async with Client(service.url + "/mcp", mode="legacy") as client:
            await client.session.send_ping()

    asyncio.run(work())
