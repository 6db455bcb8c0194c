import ExplainerKit

/// A document that a client can read by its URI.
struct MCPResource {
    let uri: String
    let name: String
    let title: String
    let description: String
    let format: Format

    static let scheme = "explain://"
    /// A longer URI, in bytes, is nobody's.
    private static let longest = 1000

    /// Every one, in an order that stays.
    static func all(in site: Site) -> [MCPResource] {
        site.snapshot.topics.flatMap { topic in
            topic.explainers.map { piece in
                let path = "\(piece.audience.id)/\(piece.trigger.id)/\(piece.length.rawValue)"
                return MCPResource(
                    uri: "\(scheme)explainer/\(topic.id)/\(path)", name: path, title: piece.title, description: piece.summary,
                    format: .markdown
                )
            }
                + topic.methods.map {
                    MCPResource(
                        uri: "\(scheme)method/\(topic.id)/\($0.id)", name: $0.id, title: $0.name, description: $0.definition, format: .json)
                }
                + topic.facts.map {
                    MCPResource(uri: "\(scheme)fact/\($0.id)", name: $0.id, title: $0.id, description: $0.assertion, format: .json)
                }
        }
    }

    var json: JSON {
        .object([
            ("uri", .string(uri)), ("name", .string(name)), ("title", .string(title)), ("description", .string(description)),
            ("mimeType", .string(String(format.essence))),
        ])
    }

    /// What stands under a URI; nil where nothing does.
    static func contents(of uri: String, in site: Site) -> JSON? {
        guard uri.hasPrefix(scheme), uri.utf8.count <= longest else { return nil }
        let parts = uri.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("fact", 2):
            guard let topic = site.snapshot.topics.first(where: { $0.fact(parts[1]) != nil }), let fact = topic.fact(parts[1]) else {
                return nil
            }
            return contents(uri, .json, String(decoding: fact.json(in: topic).bytes, as: UTF8.self))
        case ("method", 3):
            guard let topic = site.snapshot.topic(parts[1]), let method = topic.methods.first(where: { $0.id == parts[2] }) else {
                return nil
            }
            return contents(uri, .json, String(decoding: method.json(in: topic).bytes, as: UTF8.self))
        case ("explainer", 5):
            guard let topic = site.snapshot.topic(parts[1]), let length = Length(rawValue: parts[4]),
                let piece = topic.explainer(ExplainerKey(audience: parts[2], trigger: parts[3], length: length))
            else { return nil }
            return contents(uri, .markdown, MarkdownRenderer().render(piece))
        default: return nil
        }
    }

    private static func contents(_ uri: String, _ format: Format, _ text: String) -> JSON {
        .object([("uri", .string(uri)), ("mimeType", .string(String(format.essence))), ("text", .string(text))])
    }
}

/// A family of URIs, with names in braces that completion fills in.
struct MCPTemplate: Sendable {
    let template: String
    let name: String
    let title: String
    let description: String
    let format: Format
    /// In braces.
    let variables: [String]

    static let all: [MCPTemplate] = [
        MCPTemplate(
            template: "\(MCPResource.scheme)explainer/{topic}/{audience}/{trigger}/{length}", name: "explainer", title: "Explainer",
            description: "A piece for one audience, trigger and length, as Markdown.", format: .markdown,
            variables: ["topic", "audience", "trigger", "length"]),
        MCPTemplate(
            template: "\(MCPResource.scheme)fact/{id}", name: "fact", title: "Fact",
            description: "A fact with its conditions, status and sources.", format: .json, variables: ["id"]),
        MCPTemplate(
            template: "\(MCPResource.scheme)method/{topic}/{method}", name: "method", title: "Method",
            description: "A technique, format or tool with a plain definition.", format: .json, variables: ["topic", "method"]),
    ]

    var json: JSON {
        .object([
            ("uriTemplate", .string(template)), ("name", .string(name)), ("title", .string(title)), ("description", .string(description)),
            ("mimeType", .string(String(format.essence))),
        ])
    }
}
