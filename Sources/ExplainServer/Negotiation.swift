/// Picks a representation by the Accept header (RFC 9110 §12.5.1).
enum Negotiation {
    /// The offer that the client likes best; nil when it accepts none. Equal ones in the order of the offers.
    ///
    /// A fragment is never negotiated: it is HTML, but not a document, so one asks for it by name.
    static func choose(_ accept: String?, among offers: [Format]) -> Format? {
        guard let accept else { return offers.first }
        let ranges = Ranges(accept)
        guard !ranges.members.isEmpty else { return offers.first }
        var best: (format: Format, weight: Int)?
        for offer in offers where offer != .fragment {
            let weight = ranges.weight(of: offer)
            if weight > best?.weight ?? 0 { best = (offer, weight) }
        }
        return best?.format
    }

    /// What a client accepts. Malformed members are left out, as if it had not sent them.
    private struct Ranges {
        let names: WeightedNames
        private(set) var members: [(name: Range<Int>, slash: Int, weight: Int)] = []

        init(_ accept: String) {
            var names = WeightedNames(accept)
            while let (name, weight) = names.next() {
                let slashes = name.filter { names.bytes[$0] == UInt8(ascii: "/") }
                guard slashes.count == 1, slashes[0] > name.lowerBound, slashes[0] + 1 < name.upperBound else { continue }
                members.append((name, slashes[0], weight))
            }
            self.names = names
        }

        /// That of the member which names the form most precisely.
        func weight(of format: Format) -> Int {
            var best = (precision: -1, weight: 0)
            for member in members {
                guard let precision = precision(member.name, member.slash, format.mediaType.utf8) else { continue }
                if (precision, member.weight) > best { best = (precision, member.weight) }
            }
            return best.weight
        }

        /// 2 for a full name, 1 for "text/*", 0 for "*/*", nil where it does not fit.
        private func precision(_ name: Range<Int>, _ slash: Int, _ type: String.UTF8View) -> Int? {
            let bytes = names.bytes
            let star = UInt8(ascii: "*")
            if bytes[name.lowerBound] == star, slash == name.lowerBound + 1 { return 0 }
            let isFamily = bytes[slash + 1] == star && slash + 2 == name.upperBound
            var index = name.lowerBound
            for byte in type {
                if isFamily, index == slash + 1 { return 1 }
                if byte == UInt8(ascii: ";") { break }
                guard index < name.upperBound, bytes[index] == byte else { return nil }
                index += 1
            }
            return index == name.upperBound ? 2 : nil
        }
    }
}

extension Substring {
    var trimmingBlanks: Substring {
        var rest = self
        while rest.first == " " || rest.first == "\t" { rest.removeFirst() }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
