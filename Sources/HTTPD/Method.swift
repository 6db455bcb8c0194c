/// A request method: an open set, since a client may send any token.
///
/// The case of the letters counts: "get" is not `.get`.
package struct Method: RawRepresentable, Hashable, Sendable {
    /// The token as it was sent.
    package let rawValue: String

    /// A method by its token, known or not.
    package init(rawValue: String) { self.rawValue = rawValue }

    /// Asks for a representation.
    package static let get = Method(rawValue: "GET")
    /// Asks for what GET would answer, without its body.
    package static let head = Method(rawValue: "HEAD")
    /// Asks what a resource can do; browsers do before some requests.
    package static let options = Method(rawValue: "OPTIONS")
    /// Hands something over to be worked on.
    package static let post = Method(rawValue: "POST")
    /// Stores a whole representation.
    package static let put = Method(rawValue: "PUT")
    /// Removes a resource.
    package static let delete = Method(rawValue: "DELETE")
    /// Changes a part of a resource.
    package static let patch = Method(rawValue: "PATCH")
}
