/// What the handler answers.
///
/// Content-Length, Date, Connection and X-Request-Id are the server's business; other headers are sent as given.
package enum Response: Sendable {
    /// One that was built before, and may be on its way to many clients at once.
    case prepared(PreparedResponse)
    /// One that is built for this request only.
    case once(status: Int, headers: [Field], body: [UInt8])

    /// The status code, of either case.
    package var status: Int {
        switch self {
        case .prepared(let response): response.status
        case .once(let status, _, _): status
        }
    }

    /// The application's headers, of either case.
    package var headers: [Field] {
        switch self {
        case .prepared(let response): response.headers
        case .once(_, let headers, _): headers
        }
    }

    /// The bytes as the client would get them for a GET.
    package var body: [UInt8] {
        switch self {
        case .prepared(let response): response.body
        case .once(_, _, let body): body
        }
    }

    /// How long the body is; a 304 tells the length that a 200 would have.
    var length: Int {
        switch self {
        case .prepared(let response): response.length
        case .once(_, _, let body): body.count
        }
    }

    /// A header's value, its lines joined with ", "; case does not matter.
    package func header(_ name: String) -> String? {
        let values = headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
        return values.isEmpty ? nil : values.joined(separator: ", ")
    }
}
