import ExplainerKit

/// Values for what somebody has begun to type.
struct MCPCompletion {
    let site: Site

    private static let most = 100

    func json(_ params: JSON) throws(MCPFailure) -> JSON {
        guard let ref = params["ref"], let argument = params["argument"], let name = argument["name"]?.string,
            let value = argument["value"]?.string
        else { throw MCPFailure(.invalidParams, "Give params.ref, and params.argument with a name and a value, both texts.") }
        let found = try choices(ref, name, context: params["context"]?["arguments"]).starting(with: String(value.prefix(200)))
        return .object([
            ("values", .strings(Array(found.prefix(Self.most)))), ("total", .integer(found.count)),
            ("hasMore", .bool(found.count > Self.most)),
        ])
    }

    private func choices(_ ref: JSON, _ argument: String, context: JSON?) throws(MCPFailure) -> Choices<String> {
        switch ref["type"]?.string {
        case "ref/prompt":
            let prompts = MCPPrompt.all(in: site)
            guard let name = ref["name"]?.string, let prompt = prompts.first(where: { $0.name == name }) else {
                throw unknown("prompt", ref["name"], among: prompts.map(\.name))
            }
            guard let choices = prompt.choices(of: argument) else { throw unknown("argument", .string(argument), among: ["audience"]) }
            return choices
        case "ref/resource":
            let templates = MCPTemplate.all
            guard let uri = ref["uri"]?.string, let template = templates.first(where: { $0.template == uri }) else {
                throw unknown("resource template", ref["uri"], among: templates.map(\.template))
            }
            guard template.variables.contains(argument) else { throw unknown("argument", .string(argument), among: template.variables) }
            let topic = (context?["topic"]?.string).flatMap { site.topics[$0] } ?? site.defaultTopic
            switch argument {
            case "topic": return .named(site.topics.names)
            case "audience": return topic.audiences
            case "trigger": return topic.triggers
            case "length": return .named(Length.allCases.map(\.rawValue))
            case "method": return Choices(topic.topic.methods.map { ([$0.id, $0.name] + $0.aliases, $0.id) })
            default: return .named(site.snapshot.topics.flatMap(\.facts).map(\.id))
            }
        default: throw unknown("type of reference", ref["type"], among: ["ref/prompt", "ref/resource"])
        }
    }

    private func unknown(_ what: String, _ name: JSON?, among names: [String]) -> MCPFailure {
        let problem = HTTPProblem.notFound(what, name?.string ?? "", among: names)
        return MCPFailure(.invalidParams, "\(problem.detail) Valid: \(names.joined(separator: ", ")).")
    }
}
