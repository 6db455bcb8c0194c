/// A JSON value whose objects keep the order in which they are written.
///
/// Written by hand because `JSONEncoder` sorts keys or shuffles them, and the documented order is what people read.
package indirect enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int)
    case number(Double)
    /// Digits as they stand; for decimals that keep their trailing zeros.
    case digits(String)
    case string(String)
    case array([JSON])
    /// An array whose elements are made one by one, when they are written: so a long one takes no more memory than its text.
    case elements(Int, @Sendable (Int) -> JSON)
    case object([(String, JSON)])

    package static func == (a: JSON, b: JSON) -> Bool { a.text == b.text }

    /// Compact text.
    package var text: String {
        var bytes: [UInt8] = []
        write(to: &bytes, indent: nil)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Indented by two blanks, short innermost lists and objects on one line, a line break at the end: people read this with `curl`.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes, indent: 0)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    private func write(to out: inout [UInt8], indent: Int?) {
        switch self {
        case .null: out += "null".utf8
        case .bool(let value): out += (value ? "true" : "false").utf8
        case .integer(let value): out += String(value).utf8
        case .number(let value):
            out += (value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)).utf8
        case .digits(let text): out += text.utf8
        case .string(let text): Self.write(text, to: &out)
        case .array(let elements):
            Self.write(elements, "[", "]", to: &out, indent: indent, isOneLine: fitsOnOneLine(from: indent)) { element, out, indent in
                element.write(to: &out, indent: indent)
            }
        case .elements(let count, let element):
            Self.write(0..<count, "[", "]", to: &out, indent: indent, isOneLine: count == 0) { index, out, indent in
                element(index).write(to: &out, indent: indent)
            }
        case .object(let members):
            Self.write(members, "{", "}", to: &out, indent: indent, isOneLine: fitsOnOneLine(from: indent)) { member, out, indent in
                Self.write(member.0, to: &out)
                out.append(UInt8(ascii: ":"))
                if indent != nil { out.append(UInt8(ascii: " ")) }
                member.1.write(to: &out, indent: indent)
            }
        }
    }

    private static func write<Element>(
        _ elements: some RandomAccessCollection<Element>, _ open: Character, _ close: Character, to out: inout [UInt8], indent: Int?,
        isOneLine: Bool,
        _ each: (Element, inout [UInt8], Int?) -> Void
    ) {
        out += open.utf8
        for (index, element) in elements.enumerated() {
            if index > 0 { out += isOneLine ? ", ".utf8 : ",".utf8 }
            if !isOneLine { newline(to: &out, indent: indent.map { $0 + 2 }) }
            each(element, &out, indent.map { $0 + 2 })
        }
        if !elements.isEmpty, !isOneLine { newline(to: &out, indent: indent) }
        out += close.utf8
    }

    /// Whether a list or an object has nothing nested in it and fits on a line of 100 columns.
    private func fitsOnOneLine(from indent: Int?) -> Bool {
        guard let indent else { return false }
        var width = indent
        func fits(_ value: JSON, _ name: Int) -> Bool {
            switch value {
            case .array(let elements) where !elements.isEmpty: return false
            case .elements(let count, _) where count > 0: return false
            case .object(let members) where !members.isEmpty: return false
            case .string(let text): width += text.utf8.count
            case .digits(let text): width += text.utf8.count
            case .integer(let number): width += String(number).utf8.count
            default: width += 5
            }
            width += name + 4
            return width <= 100
        }
        return switch self {
        case .array(let elements): elements.allSatisfy { fits($0, 0) }
        case .object(let members): members.allSatisfy { fits($0.1, $0.0.utf8.count + 4) }
        default: true
        }
    }

    private static func newline(to out: inout [UInt8], indent: Int?) {
        guard let indent else { return }
        out.append(UInt8(ascii: "\n"))
        for _ in 0..<indent { out.append(UInt8(ascii: " ")) }
    }

    private static let hex = Array("0123456789abcdef".utf8)

    private static func write(_ text: String, to out: inout [UInt8]) {
        out.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                out.append(UInt8(ascii: "\\"))
                out.append(byte)
            case UInt8(ascii: "\n"): out += "\\n".utf8
            // "<" is escaped so that the text can stand inside a script element.
            case 0..<0x20, 0x7F, UInt8(ascii: "<"):
                out += "\\u00".utf8
                out.append(hex[Int(byte >> 4)])
                out.append(hex[Int(byte & 15)])
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }
}

extension JSON {
    package static func strings(_ texts: [String]) -> JSON { .array(texts.map { .string($0) }) }
    package static func optional(_ text: String?) -> JSON { text.map { .string($0) } ?? .null }

    /// The member of an object; nil elsewhere.
    package subscript(key: String) -> JSON? {
        if case .object(let members) = self { members.first { $0.0 == key }?.1 } else { nil }
    }
}
