/// The text with each `{name}` replaced by its value, in one pass: what a value holds in braces stays as it is.
func fill(_ frame: String, _ values: [String: String]) -> String {
    var text = ""
    var rest = frame[...]
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")) {
        let start = rest.utf8.index(after: open)
        let end = rest[start...].utf8.firstIndex(of: UInt8(ascii: "}")) ?? rest.endIndex
        if end < rest.endIndex, let value = values[String(rest[start..<end])] {
            text += rest[..<open] + value
            rest = rest[rest.utf8.index(after: end)...]
        } else {
            text += rest[..<start]
            rest = rest[start...]
        }
    }
    return text + rest
}
