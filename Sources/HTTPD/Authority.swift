/// A host and perhaps a port, as in a Host field or a whole address.
enum Authority {
    /// A name, or an address in brackets if it has colons; then a port, which may be empty. Nothing at all is one, too.
    static func isValid<Bytes: RandomAccessCollection<UInt8>>(_ bytes: Bytes) -> Bool {
        var rest: Bytes.SubSequence
        if bytes.first == UInt8(ascii: "[") {
            let address = bytes.dropFirst().prefix { $0.hexValue != nil || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
            rest = bytes[address.endIndex...]
            guard !address.isEmpty, rest.popFirst() == UInt8(ascii: "]") else { return false }
        } else {
            rest = bytes.drop { $0.isLetterOrDigit || $0 == 0x2D || $0 == 0x2E || $0 == 0x5F || $0 == 0x7E }
            if rest.count == bytes.count { return bytes.isEmpty }
        }
        guard let colon = rest.popFirst() else { return true }
        guard colon == UInt8(ascii: ":"), rest.count <= 5, rest.allSatisfy(\.isDigit) else { return false }
        return rest.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 0xFFFF
    }
}
