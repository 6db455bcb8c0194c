/// A name with its value: a header line, or one query argument.
package struct Field: Sendable, Equatable {
    /// As it was sent; header names compare without case, argument names with it.
    package var name: String
    /// Decoded, without blanks around it where it is a header's.
    package var value: String

    /// Joins the two.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
