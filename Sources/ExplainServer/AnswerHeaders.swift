import HTTPD

/// The header fields that all answers of a site are made of, the same on every replica with the same configuration.
struct AnswerHeaders: Sendable {
    /// "*", or nil when origins are checked one by one.
    let anyOrigin: Bool
    let lastModified: String
    let language: String
    /// Scheme and host under which the service is known; "" when it is not told.
    let publicURL: String

    /// On every answer, errors included.
    func common(language: String? = nil, policy: SecurityPolicy = .page) -> [Field] {
        var fields = [
            Field("X-Content-Type-Options", "nosniff"),
            Field("Referrer-Policy", "no-referrer"),
            Field("Content-Security-Policy", policy.rawValue),
            Field("Content-Language", language ?? self.language),
        ]
        if anyOrigin { fields += Self.sharing(with: "*") }
        return fields
    }

    /// CORS fields of an ordinary answer.
    static func sharing(with origin: String) -> [Field] {
        [Field("Access-Control-Allow-Origin", origin), Field("Access-Control-Expose-Headers", "ETag, Link, Content-Language")]
    }

    /// Nobody keeps it.
    func outcome(_ outcome: Outcome, isNegotiated: Bool) -> [Field] {
        (outcome.mediaType.map { [Field("Content-Type", $0)] } ?? []) + [
            Field("Cache-Control", "no-store"), AnswerFields.vary(isNegotiated),
        ] + common(language: outcome.language) + outcome.headers
    }

    fileprivate func link(_ content: Content) -> String {
        var links = ["<\(publicURL)\(content.canonical)>; rel=\"canonical\""]
        links += content.alternates.map { "<\($0.path)>; rel=\"alternate\"; type=\"\($0.format.essence)\"" }
        if let next = content.next { links.append("<\(next)>; rel=\"next\"") }
        links.append("</openapi.json>; rel=\"service-desc\"; type=\"application/json\"")
        return links.joined(separator: ", ")
    }
}

/// The header fields of one answer, for each coding of it.
///
/// A class, because all codings of an answer share it.
final class AnswerFields: Sendable {
    let lastModified: String
    private let mediaType: String
    private let link: String
    /// For Cache-Control; nil where nothing is kept.
    private let lifetime: String?
    private let common: [Field]

    init(_ content: Content, _ headers: AnswerHeaders) {
        mediaType = content.format.mediaType
        link = headers.link(content)
        lastModified = headers.lastModified
        lifetime =
            !content.isCacheable
            ? nil
            : content.isImmutable ? "max-age=31536000, immutable" : "max-age=300, stale-while-revalidate=86400, stale-if-error=604800"
        common = headers.common(language: content.language, policy: content.policy)
    }

    func full(_ coding: Coding, etag: String, isNegotiated: Bool) -> [Field] {
        [Field("Content-Type", mediaType)] + (coding.name.map { [Field("Content-Encoding", $0)] } ?? [])
            + validators(etag, isNegotiated) + [Field("Link", link)] + common
    }

    /// What RFC 9110 §15.4.5 names, and what belongs to every answer.
    func notModified(etag: String, isNegotiated: Bool) -> [Field] { validators(etag, isNegotiated) + common }

    private func validators(_ etag: String, _ isNegotiated: Bool) -> [Field] {
        guard let lifetime else { return [Field("Cache-Control", "no-store"), Self.vary(isNegotiated)] }
        return [
            Field("ETag", etag), Field("Cache-Control", lifetime), Field("Last-Modified", lastModified), Self.vary(isNegotiated),
        ]
    }

    /// Accept has a say only where the address leaves the form open.
    static func vary(_ isNegotiated: Bool) -> Field { Field("Vary", isNegotiated ? "Accept, Accept-Encoding" : "Accept-Encoding") }
}
