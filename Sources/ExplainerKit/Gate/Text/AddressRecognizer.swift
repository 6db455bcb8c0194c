/// Recognises URLs and e-mail addresses in running text.
enum AddressRecognizer {
    /// Where the address that begins at `index` ends; nil if none begins there.
    ///
    /// Reads a bounded stretch unless it finds one, so that asking at every word of a text is linear.
    static func end(in bytes: [UInt8], at index: Int, before limit: Int) -> Int? {
        let (end, isAddress) = read(bytes, at: index, before: limit)
        return isAddress ? end : nil
    }

    /// Reads the address that begins at `index`, or else the word, in which no other address begins; returns where it ends.
    static func read(_ bytes: [UInt8], at index: Int, before limit: Int) -> (end: Int, isAddress: Bool) {
        guard isLetterOrDigit(bytes[index]), index == 0 || !isLetterOrDigit(bytes[index - 1]) else { return (index + 1, false) }
        // What stands before "@", "://" or the first "/".
        var name = index + 1
        let longest = min(limit, index + 64)
        while name < longest, isNameByte(bytes[name]) { name += 1 }
        let isWeb = bytes[index] | 0x20 == UInt8(ascii: "w") && isLike(bytes, at: index, "www.")
        if let end = endOfAddress(bytes, from: index, name: name, before: limit) { return (end, true) }
        if isWeb {
            let end = endOfURL(in: bytes, from: index + 4, before: limit)
            if end > index + 4 { return (end, true) }
        }
        return (name, false)
    }

    private static func endOfAddress(_ bytes: [UInt8], from index: Int, name: Int, before limit: Int) -> Int? {
        guard name + 1 < limit else { return nil }
        switch bytes[name] {
        case UInt8(ascii: "@"): return endOfHost(in: bytes, from: name + 1, before: limit)
        case UInt8(ascii: ":"):
            var rest = name + 1
            if rest + 1 < limit, bytes[rest] == UInt8(ascii: "/"), bytes[rest + 1] == UInt8(ascii: "/"), isLetter(bytes[index]) {
                rest += 2
            } else if !isLike(bytes, at: index, "mailto:") {
                return nil
            }
            let end = endOfURL(in: bytes, from: rest, before: limit)
            return end > rest ? end : nil
        case UInt8(ascii: "/"): return hasKnownDomain(bytes[index..<name]) ? endOfURL(in: bytes, from: name, before: limit) : nil
        default: return nil
        }
    }

    /// Behind these a slash begins a path, not an alternative.
    private static let domains = [
        "com", "org", "net", "io", "co", "ai", "dev", "edu", "gov", "info", "app", "gg", "ly", "be", "de", "uk", "eu",
    ]
    .map { Array($0.utf8) }

    private static func hasKnownDomain(_ name: ArraySlice<UInt8>) -> Bool {
        guard let point = name.lastIndex(of: UInt8(ascii: ".")), point > name.startIndex else { return false }
        return domains.contains { $0.elementsEqual(name[(point + 1)...].lazy.map { $0 | 0x20 }) }
    }

    private static func endOfHost(in bytes: [UInt8], from start: Int, before limit: Int) -> Int? {
        var index = start
        var lastPoint: Int?
        while index < limit {
            if bytes[index] == UInt8(ascii: ".") {
                guard index > start, index + 1 < limit, isLetterOrDigit(bytes[index + 1]) else { break }
                lastPoint = index
            } else if !isLetterOrDigit(bytes[index]), bytes[index] != UInt8(ascii: "-") {
                break
            }
            index += 1
        }
        guard let lastPoint, index - lastPoint > 2, isLetter(bytes[lastPoint + 1]) else { return nil }
        return index
    }

    /// Up to white space, a quotation mark or an angle bracket, without the punctuation of the sentence that it stands in.
    private static func endOfURL(in bytes: [UInt8], from start: Int, before limit: Int) -> Int {
        var end = start
        var brackets = 0
        while end < limit, !stopsURL(bytes, at: end, before: limit) {
            brackets += bracketing(bytes[end])
            end += 1
        }
        trim: while end > start {
            switch bytes[end - 1] {
            case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "!"), UInt8(ascii: "?"),
                UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                end -= 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
                guard brackets < 0 else { break trim }
                brackets += 1
                end -= 1
            default: break trim
            }
        }
        return end
    }

    private static func bracketing(_ byte: UInt8) -> Int {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): -1
        default: 0
        }
    }

    private static func stopsURL(_ bytes: [UInt8], at index: Int, before limit: Int) -> Bool {
        switch bytes[index] {
        case 0...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "`"): true
        case UInt8(ascii: "&"): ["nbsp", "quot", "lt", "gt", "#"].contains { index + 1 < limit && isLike(bytes, at: index + 1, $0) }
        // No-break space and angle quotes; general punctuation with its spaces, dashes and quotes; ideographic space and stop.
        case 0xC2: index + 1 < limit && [0xA0, 0xAB, 0xBB].contains(bytes[index + 1])
        case 0xE2: index + 1 < limit && [0x80, 0x81].contains(bytes[index + 1])
        case 0xE3: index + 1 < limit && bytes[index + 1] == 0x80
        default: false
        }
    }

    /// Whether `text`, which is lower case, stands at `index`.
    private static func isLike(_ bytes: [UInt8], at index: Int, _ text: String) -> Bool {
        bytes[index...].prefix(text.utf8.count).elementsEqual(text.utf8) { $0 | 0x20 == $1 | 0x20 }
    }

    /// Letters, digits and `.`, `_`, `%`, `+`, `-`, as bits.
    /// Whether it may stand in the name of a host or of a mailbox.
    static func isNameByte(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 0x40 ? 0x03FF_6820_0000_0000 : byte < 0x80 ? 0x07FF_FFFE_87FF_FFFE : 0
        return bits >> UInt64(byte & 0x3F) & 1 != 0
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        let bits: UInt64 = byte < 0x40 ? 0x03FF_0000_0000_0000 : byte < 0x80 ? 0x07FF_FFFE_07FF_FFFE : 0
        return bits >> UInt64(byte & 0x3F) & 1 != 0
    }
}
