/// Why text in an address is not text.
package enum EncodingError: Error, Sendable, Equatable {
    /// A "%" without two hexadecimal digits after it.
    case badEscape
    /// The decoded bytes are not UTF-8.
    case notUTF8
    /// A NUL or another control character, plain or escaped.
    case controlCharacter

    /// What is wrong, to be read after the name of the culprit: "is not valid UTF-8".
    package var explanation: String {
        switch self {
        case .badEscape: "has a \"%\" that two hexadecimal digits do not follow; a plain percent sign is written %25"
        case .notUTF8: "is not valid UTF-8"
        case .controlCharacter: "contains a control character"
        }
    }
}

/// How one part of an address is decoded.
enum Percent {
    /// What may stand in the text that comes out.
    struct Rules {
        /// A form's way to write a blank.
        var plusIsSpace: Bool
        /// Tabs and line ends; a text that somebody typed has them, a path never does.
        var allowsLines: Bool
        /// Every other control character too; a document may have a form feed.
        var allowsControls = false

        static let path = Rules(plusIsSpace: false, allowsLines: false)
        static let form = Rules(plusIsSpace: true, allowsLines: true)
        static let document = Rules(plusIsSpace: true, allowsLines: true, allowsControls: true)
    }

    /// Decodes strictly: the result is what the sender meant, or an error; nothing is repaired.
    static func decode(_ encoded: some Sequence<UInt8>, _ rules: Rules) throws(EncodingError) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(encoded.underestimatedCount)
        var rest = encoded.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.next()?.hexValue, let low = rest.next()?.hexValue else { throw .badEscape }
                decoded.append(high << 4 | low)
            case UInt8(ascii: "+") where rules.plusIsSpace: decoded.append(UInt8(ascii: " "))
            default: decoded.append(byte)
            }
        }
        for byte in decoded where byte.isControl && !rules.allowsControls {
            let isLayout = byte == 0x09 || byte == 0x0A || byte == 0x0D
            guard isLayout && rules.allowsLines else { throw .controlCharacter }
        }
        guard let text = try? UTF8Span(validating: decoded.span) else { throw .notUTF8 }
        return String(copying: text)
    }
}
