import ExplainerKit
import HTTPD

/// What a resource answers: bytes in a form, and where else they are to be found.
struct Content {
    let format: Format
    let bytes: [UInt8]
    /// Address of this very resource with its defaults spelled out.
    let canonical: String
    /// The same in other forms.
    var alternates: [(format: Format, path: String)] = []
    /// Address of the next page of a list.
    var next: String?
    /// Health says something else from one moment to the next.
    var isCacheable = true
    /// Whether the address names these very bytes, so that nobody has to ask again.
    var isImmutable = false
    /// Who may show it in a frame, and what it may load.
    var policy = SecurityPolicy.page
    /// Of the content; nil for the service's own words.
    var language: String?

    init(_ format: Format, _ bytes: [UInt8], canonical: String) {
        self.format = format
        self.bytes = bytes
        self.canonical = canonical
    }

    init(_ format: Format, _ text: String, canonical: String) {
        self.init(format, Array(text.utf8), canonical: canonical)
    }
}

/// What came of a request that is for this moment only, such as a check of the client's own text.
struct Outcome {
    var status = 200
    /// nil where there is nothing to read.
    let mediaType: String?
    let bytes: [UInt8]
    /// Beside those that every answer has.
    var headers: [Field] = []
    var language: String?

    init(_ mediaType: String?, _ bytes: [UInt8]) {
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// An answer with its validator, ready to be sent any number of times.
///
/// A class, because threads that count references to the same parts wait for each other; so there is one to count.
final class PreparedAnswer: Sendable {
    let etag: String
    let full: PreparedResponse
    let notModified: PreparedResponse

    /// - Parameter other: an answer with the same bytes, which are then kept once.
    init(_ content: Content, headers: AnswerHeaders, isNegotiated: Bool, sharing other: PreparedAnswer? = nil) {
        etag = other?.etag ?? EntityTag.of(content.bytes)
        let fields = headers.full(content, etag: etag, isNegotiated: isNegotiated)
        full =
            other.map { PreparedResponse(sharing: $0.full, headers: fields) }
            ?? PreparedResponse(status: 200, headers: fields, body: content.bytes)
        notModified = PreparedResponse(
            notModified: full, headers: headers.notModified(content, etag: etag, isNegotiated: isNegotiated)
        )
    }

    func response(ifNoneMatch: String?) -> Response {
        .prepared(EntityTag.matches(ifNoneMatch, etag) ? notModified : full)
    }
}

/// The header fields of ordinary answers, the same on every replica with the same configuration.
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

    func full(_ content: Content, etag: String, isNegotiated: Bool) -> [Field] {
        [Field("Content-Type", content.format.mediaType)] + validators(content, etag: etag, isNegotiated: isNegotiated)
            + [Field("Link", link(content))] + common(language: content.language, policy: content.policy)
    }

    /// What RFC 9110 §15.4.5 names, and what belongs to every answer.
    func notModified(_ content: Content, etag: String, isNegotiated: Bool) -> [Field] {
        validators(content, etag: etag, isNegotiated: isNegotiated)
            + common(language: content.language, policy: content.policy)
    }

    /// Nobody keeps it.
    func outcome(_ outcome: Outcome, isNegotiated: Bool) -> [Field] {
        (outcome.mediaType.map { [Field("Content-Type", $0)] } ?? []) + [
            Field("Cache-Control", "no-store"), Field("Vary", isNegotiated ? "Accept, Accept-Encoding" : "Accept-Encoding"),
        ] + common(language: outcome.language) + outcome.headers
    }

    private func validators(_ content: Content, etag: String, isNegotiated: Bool) -> [Field] {
        let vary = Field("Vary", isNegotiated ? "Accept, Accept-Encoding" : "Accept-Encoding")
        guard content.isCacheable else { return [Field("Cache-Control", "no-store"), vary] }
        let lifetime =
            content.isImmutable ? "max-age=31536000, immutable" : "max-age=300, stale-while-revalidate=86400, stale-if-error=604800"
        return [
            Field("ETag", etag), Field("Cache-Control", lifetime),
            Field("Last-Modified", lastModified), vary,
        ]
    }

    private func link(_ content: Content) -> String {
        var links = ["<\(publicURL)\(content.canonical)>; rel=\"canonical\""]
        links += content.alternates.map { "<\($0.path)>; rel=\"alternate\"; type=\"\($0.format.essence)\"" }
        if let next = content.next { links.append("<\(next)>; rel=\"next\"") }
        links.append("</openapi.json>; rel=\"service-desc\"; type=\"application/json\"")
        return links.joined(separator: ", ")
    }
}
