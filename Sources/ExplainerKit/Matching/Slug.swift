/// The form in which names are compared: lower case, with spaces, `_` and `-` as the same separator.
///
/// "Product Manager", "product_manager" and "product-manager" are one name. Points stay: "qwen2.5-7b" is not "qwen2-5-7b".
package func slug(_ text: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    var pendingSeparator = false
    for byte in text.lowercased().utf8 {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "\t"), UInt8(ascii: "\n"):
            pendingSeparator = !bytes.isEmpty
        default:
            if pendingSeparator { bytes.append(UInt8(ascii: "-")) }
            pendingSeparator = false
            bytes.append(byte)
        }
    }
    return String(decoding: bytes, as: UTF8.self)
}

/// Whether `id` is a lower-case slug, as ids of entries have to be.
func isIdentifier(_ id: String) -> Bool {
    var previous = UInt8(ascii: "-")
    for byte in id.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
        case UInt8(ascii: "-"), UInt8(ascii: "."):
            if previous == UInt8(ascii: "-") || previous == UInt8(ascii: ".") { return false }
        default: return false
        }
        previous = byte
    }
    return previous != UInt8(ascii: "-") && previous != UInt8(ascii: ".")
}
