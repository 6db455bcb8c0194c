import HTTPD

/// What a request's header fields say of the answer that its client would like, and of the one that it has.
struct Wishes {
    let accept: String?
    let codings: AcceptedCodings?
    private let ifNoneMatch: String?
    private let ifModifiedSince: String?

    init(_ request: borrowing Request) {
        accept = request.header("Accept")
        if let field = request.header("Accept-Encoding") { codings = AcceptedCodings(field) } else { codings = nil }
        ifNoneMatch = request.header("If-None-Match")
        ifModifiedSince = ifNoneMatch == nil ? request.header("If-Modified-Since") : nil
    }

    /// The coding to send; without the field every client can read the plain bytes, and some nothing else.
    func coding(among offers: [Coding], isWorthIt: Bool) -> Coding {
        codings?.choice(among: offers, isWorthIt: isWorthIt) ?? .identity
    }

    /// Whether the client has the answer already. A date counts only where there is no tag (RFC 9110 §13.1.3).
    func isMet(etag: String, lastModified: String) -> Bool {
        if let ifNoneMatch { return EntityTag.matches(ifNoneMatch, etag) }
        guard let ifModifiedSince else { return false }
        if ifModifiedSince == lastModified { return true }
        guard let asked = HTTPDate.seconds(ifModifiedSince), let own = HTTPDate.seconds(lastModified) else { return false }
        return own <= asked
    }
}
