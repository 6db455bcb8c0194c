/// Whom to believe when it says for whom it asks.
package struct TrustedProxies: Sendable, Equatable {
    /// In which field a proxy tells; the other one may be the client's own invention, so it is not read.
    package enum Header: String, Sendable, CaseIterable {
        case xForwardedFor = "x-forwarded-for"
        /// RFC 7239.
        case forwarded
    }

    /// Where they are. Whoever comes by a Unix socket is always one.
    package var subnets: [Subnet] = []
    /// What they send.
    package var header = Header.xForwardedFor

    /// Trusts nobody but those on this machine's Unix sockets.
    package init() {}

    func trust(_ address: ClientAddress) -> Bool {
        address == .local || subnets.contains { $0.contains(address) }
    }

    /// For whom a trusted proxy asks: the last address in `field` that is not itself a trusted proxy's.
    ///
    /// Each proxy adds the address it sees at the end, so what stands before an untrusted one may be invented. The walk also
    /// ends at what is no address, such as "unknown".
    func client(behind peer: ClientAddress, _ field: String?) -> ClientAddress {
        guard let field else { return peer }
        let entries = header == .forwarded ? Self.forwarded(field) : field.split(separator: ",").map { Self.trimmed($0) }
        var client = peer
        for entry in entries.reversed() {
            guard let address = Self.address(entry) else { return client }
            client = address
            if !trust(address) { return client }
        }
        return client
    }

    /// An address, perhaps with a port behind it.
    private static func address(_ text: Substring) -> ClientAddress? {
        if text.first == "[", let end = text.firstIndex(of: "]") { return ClientAddress(text[text.index(after: text.startIndex)..<end]) }
        if let address = ClientAddress(text) { return address }
        return text.lastIndex(of: ":").flatMap { ClientAddress(text[..<$0]) }
    }

    /// The `for` of each element; "" where there is none.
    private static func forwarded(_ field: String) -> [Substring] {
        split(field[...], at: ",").map { element in
            for pair in split(element, at: ";") {
                let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard sides.count == 2, trimmed(sides[0]).lowercased() == "for" else { continue }
                let value = trimmed(sides[1])
                return value.first == "\"" && value.last == "\"" && value.count > 1 ? value.dropFirst().dropLast() : value
            }
            return ""
        }
    }

    /// Splits, but not within quotation marks.
    private static func split(_ text: Substring, at separator: Character) -> [Substring] {
        var isQuoted = false
        return text.split(omittingEmptySubsequences: false) { character in
            if character == "\"" { isQuoted.toggle() }
            return character == separator && !isQuoted
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
