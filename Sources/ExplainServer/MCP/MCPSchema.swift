import ExplainerKit

/// JSON Schema (2020-12), as much of it as answers need.
indirect enum MCPSchema: Sendable {
    case text, integer, number, boolean
    case nullable(MCPSchema)
    case list(MCPSchema)
    /// Every member is always there, but for the optional ones; more may come with later versions.
    case object([(String, MCPSchema)], optional: [(String, MCPSchema)] = [])
    case described(String, MCPSchema)

    var json: JSON { .object(members) }

    private var members: [(String, JSON)] {
        switch self {
        case .text: return [("type", .string("string"))]
        case .integer: return [("type", .string("integer"))]
        case .number: return [("type", .string("number"))]
        case .boolean: return [("type", .string("boolean"))]
        case .nullable(let schema):
            return schema.members.map { name, value in
                guard name == "type", case .string = value else { return (name, value) }
                return (name, .array([value, .string("null")]))
            }
        case .list(let schema): return [("type", .string("array")), ("items", schema.json)]
        case .object(let members, let optional):
            return [
                ("type", .string("object")), ("properties", .object((members + optional).map { ($0.0, $0.1.json) })),
                ("required", .strings(members.map(\.0))),
            ]
        case .described(let text, let schema): return [("description", .string(text))] + schema.members
        }
    }
}
