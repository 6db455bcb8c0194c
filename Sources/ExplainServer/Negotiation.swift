/// Picks a representation by the Accept header (RFC 9110 §12.5.1).
enum Negotiation {
    /// The offer that the client likes best; nil when it accepts none. Equal ones in the order of the offers.
    ///
    /// A fragment is never negotiated: it is HTML, but not a document, so one asks for it by name.
    static func choose(_ accept: String?, among offers: [Format]) -> Format? {
        let ranges = accept.map(ranges(of:)) ?? []
        guard !ranges.isEmpty else { return offers.first }
        var best: (format: Format, quality: Double)?
        for offer in offers where offer != .fragment {
            let quality = quality(of: offer.essence, in: ranges)
            if quality > best?.quality ?? 0 { best = (offer, quality) }
        }
        return best?.format
    }

    private struct Range {
        let type: Substring
        let subtype: Substring
        let quality: Double

        /// 2 for a full name, 1 for "text/*", 0 for "*/*", nil where it does not fit.
        func precision(for essence: Substring) -> Int? {
            let parts = essence.split(separator: "/")
            if type == "*" { return 0 }
            guard type.lowercased() == parts[0] else { return nil }
            if subtype == "*" { return 1 }
            return subtype.lowercased() == parts[1] ? 2 : nil
        }
    }

    /// Malformed members are left out, as if the client had not sent them.
    private static func ranges(of accept: String) -> [Range] {
        accept.split(separator: ",").compactMap { member in
            let parts = member.split(separator: ";").map { $0.trimmingBlanks }
            guard let name = parts.first?.split(separator: "/"), name.count == 2 else { return nil }
            let weight = parts.dropFirst().first { $0.lowercased().hasPrefix("q=") }
            let quality = weight.map { Double($0.dropFirst(2)) ?? -1 } ?? 1
            guard (0...1).contains(quality) else { return nil }
            return Range(type: name[0], subtype: name[1], quality: quality)
        }
    }

    private static func quality(of essence: Substring, in ranges: [Range]) -> Double {
        ranges.compactMap { range in range.precision(for: essence).map { (precision: $0, quality: range.quality) } }
            .max { ($0.precision, $0.quality) < ($1.precision, $1.quality) }?.quality ?? 0
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
