import ExplainerKit
import HTTPD

/// The interface as OpenAPI 3.1, made from the route table, the table of parameters and the schemas of `contract.json`.
///
/// Descriptions stay inside the limits of GPT Actions: 300 characters for an operation, 700 for a parameter.
struct OpenAPI {
    let site: Site
    /// Scheme and host of the service; nil where they are not known.
    let base: String?

    private var topic: Topic { site.defaultTopic.topic }

    var document: JSON {
        let contract = Contract.shared
        var info = contract.info
        info.insert(("version", .string(Version.text)), at: 1)
        return .object([
            ("openapi", .string("3.1.0")), ("info", .object(info)),
            ("servers", .array([.object([("url", .string(base ?? "/"))])])), ("tags", contract.tags), ("paths", .object(paths)),
            ("components", .object([("schemas", contract.schemas), ("responses", .object(problems))])),
        ])
    }

    // MARK: Paths

    private var paths: [(String, JSON)] {
        // What speaks a protocol of its own is described by that.
        let routes = Site.routes.routes.filter { !MCP.owns($0.pattern) }
        return routes.map(\.pattern).uniqued().map { pattern in
            let operations = routes.filter { $0.pattern == pattern }.map { route in
                (route.method == .post ? "post" : "get", operation(route))
            }
            return (path(pattern), .object(operations))
        }
    }

    private func path(_ pattern: String) -> String { pattern.replacing(":id", with: "{id}") }

    private func operation(_ route: Route) -> JSON {
        var members: [(String, JSON)] = [
            ("operationId", .string(route.operation)), ("tags", .strings([Contract.shared.tag(of: route.pattern)])),
            ("summary", .string(route.summary)), ("parameters", .array(parameters(of: route))),
        ]
        if route.method == .post, let body = body(of: route) { members.append(("requestBody", body)) }
        members += [("responses", .object(responses(of: route))), ("x-openai-isConsequential", .bool(false))]
        return .object(members)
    }

    // MARK: Parameters

    private func parameters(of route: Route) -> [JSON] {
        let path = route.frame == nil ? [] : [parameter("id", of: route, place: "path")]
        let query = route.parameters.map { parameter($0, of: route, place: "query") }
        let header = route.headers.map { parameter($0, of: route, place: "header") }
        return (path + query + header).compactMap(\.self) + (route.formats.count > 1 ? [format(of: route)] : [])
    }

    private func parameter(_ name: String, of route: Route, place: String) -> JSON? {
        guard let description = ParameterDescription.named(name, at: route.pattern) else { return nil }
        var members: [(String, JSON)] = [
            ("name", .string(name)), ("in", .string(place)), ("required", .bool(description.isRequired)),
            ("description", .string(description.summary)), ("schema", description.schema(in: site, topic)),
        ]
        if case .anything = description.values, place == "query" {
            // An address can hold no control characters; a body can.
            members[4].1 = .object([("type", .string("string")), ("pattern", .string(ParameterDescription.printable))])
        }
        if case .some = description.values { members += [("style", .string("form")), ("explode", .bool(false))] }
        if let example = name == "id" ? firstID(of: route) : description.example(in: site, topic) {
            members.append(("example", description.json(example)))
        }
        return .object(members)
    }

    /// An id that the resource has.
    private func firstID(of route: Route) -> String? {
        switch route.frame?.prefix {
        case "/facts": return topic.facts.first?.id
        case "/charts": return topic.charts.first?.id
        case "/og": return topic.audiences.first?.id
        case "/embed": return site.embedScript.digest
        case let prefix:
            let list = prefix.flatMap { CatalogueList(rawValue: String($0.dropFirst())) }
            return list?.entries(of: topic, in: site.snapshot).first?.id
        }
    }

    private func format(of route: Route) -> JSON {
        .object([
            ("name", .string("format")), ("in", .string("query")), ("required", .bool(false)),
            ("description", .string("The form of the answer. Left out: what Accept asks for, else the first.")),
            (
                "schema",
                .object([
                    ("type", .string("string")), ("enum", .strings(route.formats.map(\.rawValue))),
                    ("default", .string(route.formats[0].rawValue)),
                ])
            ),
            // The examples of one operation work together.
            ("example", .string(route.parameters.contains("heading") ? Format.markdown.rawValue : Format.json.rawValue)),
        ])
    }

    // MARK: Bodies

    /// - Returns: nil where the body is described elsewhere.
    private func body(of route: Route) -> JSON? {
        switch route.pattern {
        case "/lint":
            let text = ParameterDescription.named("text", at: "body")?.example ?? ""
            let plain = JSON.object([("schema", .object([("type", .string("string"))])), ("example", .string(text))])
            let members = object(LintRequest.members, at: "body", required: ["text"], example: ["text", "format"])
            return body([
                ("application/json", members), ("text/plain", plain), ("text/markdown", plain),
                ("text/html", plain), ("application/x-www-form-urlencoded", members),
            ])
        case LanguageTool.checkPath:
            return body([
                (
                    "application/x-www-form-urlencoded",
                    object(
                        LanguageTool.parameters, at: route.pattern, required: ["text", "language"], example: ["text", "language"])
                )
            ])
        case SlackCommand.path:
            return body([
                (
                    "application/x-www-form-urlencoded",
                    object(["command", "text"], at: route.pattern, required: [], example: ["command", "text"])
                )
            ])
        default: return nil
        }
    }

    private func body(_ content: [(String, JSON)]) -> JSON {
        .object([("required", .bool(true)), ("content", .object(content))])
    }

    /// An object of described members.
    private func object(_ names: [String], at resource: String, required: [String], example: [String]) -> JSON {
        let described = names.compactMap { name in ParameterDescription.named(name, at: resource).map { (name, $0) } }
        let properties = described.map { name, description -> (String, JSON) in
            guard case .object(let schema) = description.schema(in: site, topic) else { return (name, .object([])) }
            return (name, .object(schema + [("description", .string(description.summary))]))
        }
        let values = described.compactMap { name, description in
            example.contains(name) ? description.example(in: site, topic).map { (name, description.json($0)) } : nil
        }
        let schema = JSON.object([
            ("type", .string("object")), ("properties", .object(properties)), ("required", .strings(required)),
            ("additionalProperties", .bool(resource == LanguageTool.checkPath || resource == SlackCommand.path)),
        ])
        return .object([("schema", schema), ("example", .object(values))])
    }

    // MARK: Answers

    private func responses(of route: Route) -> [(String, JSON)] {
        var responses: [(String, JSON)] = [("200", answer("What was asked for.", route))]
        if route.pattern == "/lint", route.method == .post {
            responses.append(("422", answer("The text does not pass; only if fail_on says so.", route)))
        }
        if route.pattern == "/readyz" { responses.append(("503", answer("The service is about to stop; ask another replica.", route))) }
        return responses
            + statuses(of: route).map { (String($0), .object([("$ref", .string("#/components/responses/\(name($0, route))"))])) }
    }

    private func answer(_ description: String, _ route: Route) -> JSON {
        var content: [(String, [JSON])] = []
        for format in route.formats {
            let type = String(format.essence)
            let schema = schema(format, route)
            if let index = content.firstIndex(where: { $0.0 == type }) {
                if !content[index].1.contains(schema) { content[index].1.append(schema) }
            } else {
                content.append((type, [schema]))
            }
        }
        let bodies = content.map { type, schemas -> (String, JSON) in
            (type, .object([("schema", schemas.count == 1 ? schemas[0] : .object([("anyOf", .array(schemas))]))]))
        }
        return .object([("description", .string(description)), ("content", .object(bodies))])
    }

    private func schema(_ format: Format, _ route: Route) -> JSON {
        switch format {
        case .json: Contract.shared.answer(to: route)
        case .slack: Contract.shared.reference("SlackMessage")
        case .jsonld, .sarif: Contract.shared.reference("Object")
        default: .object([("type", .string("string"))])
        }
    }

    /// Statuses of errors that a resource can answer.
    private func statuses(of route: Route) -> [Int] {
        var statuses = [400]
        if route.headers == SlackSignature.headers { statuses.append(403) }
        if route.frame != nil || ["/prompt", "/oembed", SlackCommand.path].contains(route.pattern) { statuses.append(404) }
        statuses.append(405)
        if route.formats.count > 1 { statuses.append(406) }
        if route.method == .post || LanguageTool.owns(route.pattern) { statuses.append(413) }
        statuses.append(414)
        if route.method == .post, route.pattern == "/lint" { statuses.append(415) }
        return statuses + [429, 431] + (route.pattern == "/oembed" ? [501] : [])
    }

    /// What a problem is called among the components.
    private func name(_ status: Int, _ route: Route) -> String {
        (LanguageTool.owns(route.pattern) ? "Line" : "Problem") + String(status)
    }

    private var problems: [(String, JSON)] {
        let examples = [
            HTTPProblem(parameters: [
                .init(
                    parameter: "audience", value: "studnet", detail: "\"studnet\" is not a known audience. Did you mean student?",
                    allowed: topic.audiences.map(\.id), suggestion: "student")
            ]),
            HTTPProblem(403, "The signature does not fit; is slack_signing_secret the Signing Secret of this Slack app?"),
            .notFound("page", "/fact", among: ["/facts"]), HTTPProblem(405, "/explain answers GET, HEAD and OPTIONS."),
            HTTPProblem(406, "/facts is available as application/json, text/html, text/csv."),
            HTTPProblem(413, "The text has 2000000 bytes; at most \(site.lintMaxBytes) are checked. Send it in parts."),
            HTTPProblem(414, Refusal.Reason.targetTooLong(limit: 8192).explanation),
            HTTPProblem(
                415, "A body of type \"image/png\" is not read here; send text in UTF-8 as \(BodyKind.types.joined(separator: ", "))."),
            HTTPProblem(429, Refusal.Reason.tooManyRequests(wait: 2).explanation),
            HTTPProblem(431, Refusal.Reason.headTooLarge(limit: 16384).explanation),
            HTTPProblem(501, "There is no XML here; leave format out, or ask for format=json."),
        ]
        let text = JSON.object([("schema", .object([("type", .string("string"))]))])
        return examples.flatMap { problem -> [(String, JSON)] in
            let details = JSON.object([
                ("schema", Contract.shared.reference("Problem")), ("example", problem.json(instance: "")),
            ])
            let forms: [(String, JSON)] = [("application/problem+json", details), ("text/html", text), ("text/plain", text)]
            func response(_ content: [(String, JSON)]) -> JSON {
                .object([("description", .string(problem.title)), ("content", .object(content))])
            }
            return [("Problem\(problem.status)", response(forms)), ("Line\(problem.status)", response([("text/plain", text)]))]
        }
    }
}

/// The parts of the contract that are data: schemas of answers, and which answer has which.
final class Contract: Sendable {
    static let shared: Contract = Contract()

    /// Schemas by name.
    let schemas: JSON
    fileprivate let info: [(String, JSON)]
    fileprivate let tags: JSON
    private let tagOf: JSON
    private let answers: JSON

    private init() {
        guard let value = try? JSONReader.value(of: PackageResources.contract_json), case .object(let info)? = value["info"],
            let tags = value["tags"], let tagOf = value["tag_of"], let answers = value["answers"], let schemas = value["schemas"]
        else { preconditionFailure("contract.json is no contract") }
        self.info = info
        self.tags = tags
        self.tagOf = tagOf
        self.answers = answers
        self.schemas = schemas
    }

    func reference(_ name: String) -> JSON { .object([("$ref", .string("#/components/schemas/\(name)"))]) }

    /// The schema of a route's JSON.
    func answer(to route: Route) -> JSON {
        if case .string(let name)? = answers["\(route.method.rawValue) \(route.pattern)"] { reference(name) } else { reference("Object") }
    }

    /// The group that a path belongs to.
    func tag(of pattern: String) -> String {
        if case .string(let tag)? = tagOf[pattern.split(separator: "/").first.map(String.init) ?? ""] { tag } else { "service" }
    }
}

extension Route {
    /// A name for the operation, made from method and path: "getFactsById".
    var operation: String {
        let words = pattern.replacing(":id", with: "ById").split { !$0.isLetter && !$0.isNumber }.map {
            $0.prefix(1).uppercased() + $0.dropFirst()
        }
        return (method == .post ? "post" : "get") + (words.isEmpty ? "Index" : words.joined())
    }
}

extension ParameterDescription {
    /// A value as JSON has it.
    func json(_ value: String) -> JSON {
        switch values {
        case .one, .text, .words, .anything, .identifier: .string(value)
        case .some: .strings(value.split(separator: ",").map(String.init))
        case .number: .digits(value)
        }
    }
}
