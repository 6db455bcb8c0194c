/// A JSON document as trials take it apart: written out as it stands, whether or not that is valid.
package indirect enum JSONTree: Sendable {
    /// A scalar, or whatever stands in place of one.
    case raw(String)
    case array([JSONTree])
    /// Names as they are written, quotes and all; one may come twice.
    case object([(String, JSONTree)])

    package static func string(_ text: String) -> JSONTree { .raw("\"\(text)\"") }

    package var text: String {
        switch self {
        case .raw(let text): text
        case .array(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
        case .object(let members): "{" + members.map { "\($0.0):\($0.1.text)" }.joined(separator: ",") + "}"
        }
    }

    /// Changes one place, the deeper the likelier.
    package func mutated(_ generator: inout SplitMix64) -> JSONTree {
        switch self {
        case .object(var members) where !members.isEmpty && Int.random(in: 0..<5, using: &generator) > 0:
            let place = members.indices.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: members.remove(at: place)
            case 1: members.append(members[place])
            case 2: members[place].0 = Self.strings.randomElement(using: &generator) ?? "\"\""
            case 3: members.append(("\"extra\"", Self.anything(&generator)))
            default: members[place].1 = members[place].1.mutated(&generator)
            }
            return .object(members)
        case .array(var items) where !items.isEmpty && Int.random(in: 0..<5, using: &generator) > 0:
            let place = items.indices.randomElement(using: &generator) ?? 0
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: items.remove(at: place)
            case 1: items += Array(repeating: items[place], count: Int.random(in: 1...50, using: &generator))
            default: items[place] = items[place].mutated(&generator)
            }
            return .array(items)
        default: return Self.anything(&generator)
        }
    }

    private static func anything(_ generator: inout SplitMix64) -> JSONTree {
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return .raw(strings.randomElement(using: &generator) ?? "")
        case 1: return .raw(numbers.randomElement(using: &generator) ?? "")
        case 2: return .array([])
        case 3: return .object([])
        case 4:
            let depth = [1, 3, 40, 600, 20_000].randomElement(using: &generator) ?? 1
            return .raw(String(repeating: "[", count: depth) + String(repeating: "]", count: depth))
        default: return .raw(["true", "false", "null", "nul", "", "{", "\u{FEFF}null"].randomElement(using: &generator) ?? "")
        }
    }

    private static let strings = [
        "\"\"", "\"x\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\uD83D\\uDE00\"", "\"\\x\"", "\"\\u12\"", "\"a\nb\"",
        "\"\\\"", "\"",
        "'x'", "\"é😀\u{0301}\"", "\"text\"", "\"method\"", "\"id\"", "\"\\u0074ext\"", "\"__proto__\"", "\"75% less memory\"",
        "\"markdown\"", "\"html\"",
        "\"<b>\"", "\"\(String(repeating: "a", count: 5000))\"",
    ]

    private static let numbers = [
        "0", "-0", "1", "-1", "1.5", "1e3", "1E-999", "1e999", "01", "+1", ".5", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "0.1e", "NaN", "Infinity", "0x10", "1_000", "\(String(repeating: "9", count: 400))",
    ]
}
