import Compression

/// How the bytes of a representation are written on the wire (RFC 9110 §8.4.1); the shortest first.
enum Coding: CaseIterable, Sendable {
    case brotli, gzip, identity

    /// As Content-Encoding names it; nil for the bytes as they are.
    var name: String? {
        switch self {
        case .brotli: "br"
        case .gzip: "gzip"
        case .identity: nil
        }
    }

    /// A shorter text fits into one packet as it is.
    static let leastBytes = 1024

    /// How hard the coder tries. What is kept is made once and sent often; what is not costs every client the time.
    enum Effort { case kept, passing }

    /// The bytes in this coding; nil when there is no memory for it.
    ///
    /// On our pages more effort costs several times the time and saves less than one byte in a hundred.
    func apply(to bytes: [UInt8], _ effort: Effort = .kept) -> [UInt8]? {
        switch self {
        case .brotli: Compression.brotli(bytes, quality: effort == .kept ? 5 : 1)
        case .gzip: Compression.gzip(bytes, level: effort == .kept ? 6 : 1)
        case .identity: bytes
        }
    }
}

/// What an Accept-Encoding field lets the service send (RFC 9110 §12.5.3); weights count thousandths.
struct AcceptedCodings {
    private var brotli: Int?
    private var gzip: Int?
    private var identity: Int?
    private var others: Int?

    /// - Parameter field: malformed members are left out, as if the client had not sent them.
    init(_ field: String) {
        var members = WeightedNames(field)
        while let (name, weight) = members.next() {
            if members.holds(name, "br") { brotli = weight }
            if members.holds(name, "gzip") || members.holds(name, "x-gzip") { gzip = weight }
            if members.holds(name, "identity") { identity = weight }
            if members.holds(name, "*") { others = weight }
        }
    }

    private func weight(_ coding: Coding) -> Int {
        switch coding {
        case .brotli: brotli ?? others ?? 0
        case .gzip: gzip ?? others ?? 0
        // Always welcome where it is not ruled out, but every coding that was named is more so.
        case .identity: (identity ?? others).map { 2 * $0 } ?? 1
        }
    }

    /// The coding to send.
    ///
    /// - Parameters:
    ///   - offers: those that can be had besides identity.
    ///   - isWorthIt: whether a coding makes the answer shorter; if not, only a client that rules identity out gets one.
    func choice(among offers: [Coding], isWorthIt: Bool) -> Coding {
        if !isWorthIt, weight(.identity) > 0 { return .identity }
        var best = (coding: Coding.identity, weight: weight(.identity))
        // From the last to the first, so that of equals the shortest remains.
        for coding in offers.reversed() {
            let weight = weight(coding)
            if weight > 0, 2 * weight >= best.weight { best = (coding, 2 * weight) }
        }
        // Where nothing is acceptable, the field is passed over: an answer that can be read is better than none.
        return best.coding
    }
}
