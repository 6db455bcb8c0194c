/// A request method: an open set, since a client may send any token.
///
/// The case of the letters counts: "get" is not `.get`.
package struct Method: RawRepresentable, Hashable, Sendable {
    package let rawValue: String

    package init(rawValue: String) { self.rawValue = rawValue }

    package static let get = Method(rawValue: "GET")
    package static let head = Method(rawValue: "HEAD")
    package static let options = Method(rawValue: "OPTIONS")
    package static let post = Method(rawValue: "POST")
    package static let put = Method(rawValue: "PUT")
    package static let delete = Method(rawValue: "DELETE")
    package static let patch = Method(rawValue: "PATCH")
}
