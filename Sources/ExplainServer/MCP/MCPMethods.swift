import ExplainerKit
import HTTPD

/// The methods of the protocol.
struct MCPMethods {
    let call: Call
    let dialect: MCPDialect

    private var site: Site { call.site }

    /// The members of a request's result.
    func result(of message: MCPMessage) throws(MCPFailure) -> [(String, JSON)] {
        let params = message.params
        switch message.method {
        case "tools/list": return try list("tools", MCPTool.all.map { $0.json(in: site) }, params)
        case "tools/call": return complete(try callTool(params))
        case "prompts/list": return try list("prompts", MCPPrompt.all(in: site).map { $0.json(in: site) }, params)
        case "prompts/get": return complete(try prompt(params))
        case "resources/list":
            let resources = MCPResource.all(in: site)
            return try list("resources", resources.map(\.json), keys: resources.map(\.uri), params)
        case "resources/templates/list": return try list("resourceTemplates", MCPTemplate.all.map(\.json), params)
        case "resources/read": return cacheable(try resource(params))
        case "completion/complete": return complete([("completion", try MCPCompletion(site: site).json(params))])
        case "server/discover" where dialect == .modern:
            let versions = [MCPDialect.modernVersion] + MCPDialect.legacyVersions.reversed()
            return cacheable([
                ("supportedVersions", .strings(versions)), ("capabilities", Self.capabilities),
                ("instructions", .string(Self.instructions)),
            ])
        case "initialize" where dialect == .legacy:
            let asked = params["protocolVersion"]?.string
            let version = MCPDialect.legacyVersions.first { $0 == asked } ?? MCPDialect.legacyVersions[MCPDialect.legacyVersions.count - 1]
            return [
                ("protocolVersion", .string(version)), ("capabilities", Self.capabilities), ("serverInfo", Self.serverInfo),
                ("instructions", .string(Self.instructions)),
            ]
        case "ping" where dialect == .legacy: return []
        default: throw unknownMethod(message.method)
        }
    }

    private static let names = [
        "tools/list", "tools/call", "prompts/list", "prompts/get", "resources/list", "resources/templates/list", "resources/read",
        "completion/complete",
    ]

    private func unknownMethod(_ method: String) -> MCPFailure {
        let names = Self.names + (dialect == .modern ? ["server/discover"] : ["initialize", "ping"])
        let hint = nearest(to: method, among: names).map { " Did you mean \($0)?" } ?? ""
        return MCPFailure(
            .unknownMethod, "There is no method \"\(method.shortened)\".\(hint)", data: .object([("methods", .strings(names))]))
    }

    private static let capabilities = JSON.object(["tools", "resources", "prompts", "completions"].map { ($0, .object([])) })
    private static let serverInfo = JSON.object([
        ("name", .string("explain-server")), ("title", .string("explain-server")), ("version", .string(Version.text)),
    ])
    private static let instructions = """
        Sourced explanations of a technical topic for several audiences, a catalogue of facts, and a gate that checks a draft. Call explain \
        for a finished piece; find_facts or search before writing a figure; lint on every text of your own about the topic before showing it, \
        and mend what it finds. Quote each figure with the id of its fact.
        """

    private func complete(_ members: [(String, JSON)]) -> [(String, JSON)] {
        guard dialect == .modern else { return members }
        return [("resultType", .string("complete"))] + members + [("_meta", .object([(MCPDialect.serverInfoKey, Self.serverInfo)]))]
    }

    /// The same for everybody, and for as long as other answers are kept.
    private func cacheable(_ members: [(String, JSON)]) -> [(String, JSON)] {
        complete(members + (dialect == .modern ? [("ttlMs", .integer(300_000)), ("cacheScope", .string("public"))] : []))
    }

    /// A page of a list. Its cursor is the key of the entry that the next page begins with, so that it still holds when entries come and go.
    private func list(_ name: String, _ entries: [JSON], keys: [String] = [], _ params: JSON) throws(MCPFailure) -> [(String, JSON)] {
        var start = 0
        if let cursor = params["cursor"], cursor != .null {
            guard let key = cursor.string, let index = keys.firstIndex(of: key) else {
                throw MCPFailure(.invalidParams, "This cursor belongs to no page; take it from nextCursor of the page before.")
            }
            start = index
        }
        let end = keys.isEmpty ? entries.count : min(entries.count, start + Self.pageSize)
        let next = end < entries.count ? [("nextCursor", JSON.string(keys[end]))] : []
        return cacheable([(name, .array(Array(entries[start..<end])))] + next)
    }

    private static let pageSize = 100

    private func callTool(_ params: JSON) throws(MCPFailure) -> [(String, JSON)] {
        guard let name = params["name"]?.string else { throw MCPFailure(.invalidParams, "params.name has to be the name of a tool.") }
        guard let tool = MCPTool.all.first(where: { $0.name == name }) else {
            throw Self.unknown("tool", name, among: MCPTool.all.map(\.name))
        }
        guard let arguments = (params["arguments"] ?? .object([])).members else {
            throw MCPFailure(.invalidParams, "params.arguments has to be an object.")
        }
        do throws(HTTPProblem) {
            let result = try tool.answer(arguments, to: call)
            return [("content", .array([.text(result.text)])), ("structuredContent", result), ("isError", .bool(false))]
        } catch {
            return [("content", .array([.text(error.line)])), ("isError", .bool(true))]
        }
    }

    private func prompt(_ params: JSON) throws(MCPFailure) -> [(String, JSON)] {
        let prompts = MCPPrompt.all(in: site)
        guard let name = params["name"]?.string else { throw MCPFailure(.invalidParams, "params.name has to be the name of a prompt.") }
        guard let prompt = prompts.first(where: { $0.name == name }) else { throw Self.unknown("prompt", name, among: prompts.map(\.name)) }
        return try prompt.messages(params["arguments"] ?? .object([]), in: site)
    }

    private func resource(_ params: JSON) throws(MCPFailure) -> [(String, JSON)] {
        guard let uri = params["uri"]?.string else { throw MCPFailure(.invalidParams, "params.uri has to be the URI of a resource.") }
        guard let contents = MCPResource.contents(of: uri, in: site) else {
            let hint = nearest(to: uri, among: MCPResource.all(in: site).map(\.uri)).map { " Did you mean \($0)?" } ?? ""
            throw MCPFailure(
                dialect == .modern ? .invalidParams : .unknownResource, "There is no resource \"\(uri.shortened)\".\(hint)",
                data: .object([("uri", .string(uri.shortened))])
            )
        }
        return [("contents", .array([contents]))]
    }

    private static func unknown(_ what: String, _ name: String, among names: [String]) -> MCPFailure {
        let problem = HTTPProblem.notFound(what, name, among: names)
        return MCPFailure(.invalidParams, "\(problem.detail) Valid: \(names.joined(separator: ", ")).")
    }
}

extension JSON {
    /// A block of content that holds a text.
    static func text(_ text: String) -> JSON { .object([("type", .string("text")), ("text", .string(text))]) }
}
