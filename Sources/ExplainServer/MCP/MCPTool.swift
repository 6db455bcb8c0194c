import ExplainerKit
import HTTPD

/// A tool as programs are told about it, and what it does.
struct MCPTool: Sendable {
    let name: String
    let title: String
    /// When to call it, and what to do with what comes back.
    let description: String
    let parameters: [ParameterDescription]
    let output: MCPSchema
    /// Whether the arguments are read as the body of a request, and not as its query.
    var readsBody = false
    let run: @Sendable (inout Call) throws(HTTPProblem) -> JSON

    static let all: [MCPTool] = [explain, findFacts, getFact, lint, search, fetch]

    /// What `tools/list` says of it.
    func json(in site: Site) -> JSON {
        let required = parameters.filter(\.isRequired).map(\.name)
        let input: [(String, JSON)] = [
            ("type", .string("object")), ("properties", .object(parameters.map { ($0.name, $0.argument(in: site)) })),
            ("required", .strings(required)), ("additionalProperties", .bool(false)),
        ]
        return .object([
            ("name", .string(name)), ("title", .string(title)), ("description", .string(description)),
            ("inputSchema", .object(input.filter { $0.0 != "required" || !required.isEmpty })), ("outputSchema", output.json),
            (
                "annotations",
                .object([
                    ("title", .string(title)), ("readOnlyHint", .bool(true)), ("destructiveHint", .bool(false)),
                    ("idempotentHint", .bool(true)), ("openWorldHint", .bool(false)),
                ])
            ),
        ])
    }

    /// Reads the arguments as strictly as a query, and answers.
    func answer(_ arguments: [(String, JSON)], to call: Call) throws(HTTPProblem) -> JSON {
        guard arguments.count <= MCPArguments.most else { throw HTTPProblem(400, "These are more than \(MCPArguments.most) arguments.") }
        var inner: Call
        if readsBody {
            inner = call.asking(Parameters([], names: []), body: Array(JSON.object(arguments).text.utf8))
        } else {
            inner = call.asking(MCPArguments(arguments, for: self).parameters)
        }
        return try run(&inner)
    }
}

/// Arguments of a call as parameters: null is as good as nothing, a list is a comma list.
struct MCPArguments {
    private(set) var parameters: Parameters

    /// In bytes, of one argument.
    private static let longest = 2000
    /// Arguments of a call, and members of a list.
    static let most = 100

    init(_ arguments: [(String, JSON)], for tool: MCPTool) {
        var fields: [Field] = []
        var mistakes: [(name: String, detail: String)] = []
        let names = tool.parameters.map(\.name)
        for (name, value) in arguments {
            guard names.contains(name) else {
                fields.append(Field(name, " "))
                continue
            }
            switch value {
            case .null: break
            case .string(let text): fields.append(Field(name, text))
            case .digits(let text): fields.append(Field(name, text))
            case .array(let members) where tool.parameters.contains { $0.name == name && $0.isList }:
                let texts = members.compactMap { member -> String? in
                    switch member {
                    case .string(let text): text
                    case .digits(let text): text
                    default: nil
                    }
                }
                if texts.count < members.count {
                    mistakes.append((name, "\(name) has to be a list of texts."))
                } else if members.count > Self.most {
                    mistakes.append((name, "\(name) lists more than \(Self.most) values."))
                } else if !texts.isEmpty {
                    fields.append(Field(name, texts.joined(separator: ",")))
                }
            default: mistakes.append((name, "\(name) has to be a text, not \(value.kind)."))
            }
        }
        for field in fields where field.value.utf8.count > Self.longest {
            mistakes.append((field.name, "\(field.name) is longer than \(Self.longest) bytes."))
        }
        let long = Set(fields.filter { $0.value.utf8.count > Self.longest }.map(\.name))
        parameters = Parameters(fields.filter { !long.contains($0.name) }, names: names)
        for mistake in mistakes { parameters.fail(mistake.name, mistake.detail) }
        for needed in tool.parameters where needed.isRequired && parameters.text(needed.name) == nil {
            parameters.fail(needed.name, "\(needed.name) is missing. \(needed.summary)")
        }
    }
}

extension ParameterDescription {
    /// Whether several values may be given.
    fileprivate var isList: Bool { if case .some = values { true } else { false } }

    /// Its schema as a tool's argument, with what is known in all topics. A long list of values is told by examples, which leaves room for
    /// everything else that a model has to read.
    fileprivate func argument(in site: Site) -> JSON {
        func text(_ known: Known) -> [(String, JSON)] {
            let all = site.snapshot.topics.flatMap { known(site, $0) }.uniqued()
            let isShort = all.count <= 24
            return [("type", .string("string")), (isShort ? "enum" : "examples", .strings(isShort ? all : Array(all.prefix(5))))]
        }
        var members: [(String, JSON)]
        switch values {
        case .one(let known):
            members = text(known)
            if let standard { members.append(("default", .string(standard))) }
        case .some(let known):
            members = [("type", .string("array")), ("items", .object(text(known)))]
            if let standard { members.append(("default", .strings(standard.split(separator: ",").map(String.init)))) }
        default: members = schema(in: site, site.defaultTopic.topic).members ?? []
        }
        return .object([("description", .string(summary))] + members)
    }
}

extension Call {
    /// The same client asking the same site for something else.
    func asking(_ parameters: Parameters, body: [UInt8] = []) -> Call {
        Call(
            site: site, state: state, route: route, path: path, name: "", format: .json, isNegotiated: false, fields: [],
            parameters: parameters,
            body: body,
            contentType: Format.json.mediaType, host: host
        )
    }
}
