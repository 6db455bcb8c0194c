import ExplainerKit
import HTTPD

/// Why a request gets no ordinary answer: RFC 9457 problem details, or one line, or a page.
struct HTTPProblem: Error, Sendable {
    let status: Int
    let detail: String
    var errors: [ParameterError] = []
    /// The id or path nearest to the one that does not exist.
    var suggestion: String?
    var headers: [Field] = []

    /// One parameter that cannot be understood.
    struct ParameterError: Sendable, Equatable {
        let parameter: String
        let value: String
        let detail: String
        var allowed: [String] = []
        var suggestion: String?
        /// Whether `allowed` lists names of parameters, and not values of this one.
        var isAboutName = false
    }

    init(_ status: Int, _ detail: String) {
        self.status = status
        self.detail = detail
    }

    /// 400 for parameters; the detail speaks of all of them.
    init(parameters: [ParameterError]) {
        status = 400
        errors = parameters
        detail = parameters.map(\.detail).joined(separator: " ")
    }

    /// 404 with the nearest name that exists.
    static func notFound(_ what: String, _ name: String, among names: some Sequence<String>) -> HTTPProblem {
        let suggestion = nearest(to: name, among: names)
        var problem = HTTPProblem(
            404, "There is no \(what) \"\(name.shortened)\".\(suggestion.map { " Did you mean \($0)?" } ?? "")")
        problem.suggestion = suggestion
        return problem
    }

    var title: String {
        switch status {
        case 400: "Bad Request"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 406: "Not Acceptable"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 415: "Unsupported Media Type"
        case 417: "Expectation Failed"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 501: "Not Implemented"
        case 505: "HTTP Version Not Supported"
        default: "Error"
        }
    }

    /// - Parameter instance: the address that was asked for.
    func json(instance: String) -> JSON {
        var members: [(String, JSON)] = [
            ("type", .string("about:blank")), ("title", .string(title)), ("status", .integer(status)),
            ("detail", .string(detail)),
        ]
        if !instance.isEmpty { members.append(("instance", .string(instance))) }
        if status == 404 { members.append(("did_you_mean", .optional(suggestion))) }
        members.append(
            (
                "errors",
                .array(
                    errors.map {
                        .object([
                            ("parameter", .string($0.parameter)), ("value", .string($0.value)), ("detail", .string($0.detail)),
                            ("allowed", .strings($0.allowed)), ("did_you_mean", .optional($0.suggestion)),
                        ])
                    }
                )
            )
        )
        return .object(members)
    }

    /// The detail, with what would have worked where that is not long.
    var line: String {
        let valid = errors.filter { !$0.allowed.isEmpty && $0.allowed.count <= 12 }.map { "Valid: \($0.allowed.joined(separator: ", "))." }
        return ([detail] + valid).joined(separator: " ")
    }

    /// The answer in the form that the client likes: JSON unless it asks for a page or for plain text.
    func response(accept: String?, instance: String, headers common: [Field], pages: Pages) -> Response {
        let body: [UInt8]
        let type: String
        switch Negotiation.choose(accept, among: [.json, .html, .text]) ?? .json {
        case .html: (body, type) = (Array(pages.problem(self, instance: instance).utf8), Format.html.mediaType)
        case .text: (body, type) = (Array("\(status) \(title): \(line)\n".utf8), Format.text.mediaType)
        default: (body, type) = (json(instance: instance).bytes, "application/problem+json")
        }
        let own = [Field("Content-Type", type), Field("Cache-Control", "no-store"), Field("Vary", "Accept, Accept-Encoding")]
        return .once(status: status, headers: own + common + headers, body: body)
    }
}

extension String {
    /// At most 80 characters of what a client sent, for repeating it; what would steer a terminal is replaced.
    var shortened: String {
        let visible = String(
            String.UnicodeScalarView(
                prefix(80).unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: "\u{FFFD}"
                    default: scalar
                    }
                }
            )
        )
        return count > 80 ? visible + "…" : visible
    }
}
