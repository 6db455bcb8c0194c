/// A query argument that is not text, named so that the client can find it.
package struct QueryError: Error, Sendable, Equatable {
    /// The argument's name, decoded where that is possible and else as it was sent.
    package let name: String
    /// What keeps it from being text.
    package let reason: EncodingError

    /// An error about the argument `name`.
    package init(name: String, reason: EncodingError) {
        self.name = name
        self.reason = reason
    }

    /// One sentence for the client.
    package var explanation: String { "The parameter \"\(name)\" \(reason.explanation)." }
}

/// What a form sent as a body holds.
package enum Form {
    /// The fields in their order: a query's rules, but that values may hold any character.
    package static func fields(of body: [UInt8]) throws(QueryError) -> [Field] { try Query.fields(body[...], .document) }
}

/// The arguments of a query, or of a form sent as a body.
enum Query {
    /// Splits at "&" and at the first "=", then decodes each side; empty pieces do not count.
    static func fields(_ encoded: ArraySlice<UInt8>, _ rules: Percent.Rules = .form) throws(QueryError) -> [Field] {
        var fields: [Field] = []
        for piece in encoded.split(separator: UInt8(ascii: "&")) {
            let equals = piece.firstIndex(of: UInt8(ascii: "=")) ?? piece.endIndex
            let (rawName, rawValue) = (piece[..<equals], piece[equals...].dropFirst())
            let name: String
            do throws(EncodingError) {
                name = try Percent.decode(rawName, rules)
            } catch {
                throw QueryError(name: printable(rawName), reason: error)
            }
            do throws(EncodingError) {
                fields.append(Field(name, try Percent.decode(rawValue, rules)))
            } catch {
                throw QueryError(name: name, reason: error)
            }
        }
        return fields
    }

    /// The name as sent, harmless to repeat: what is no printable ASCII becomes "?".
    private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map { $0 > 0x20 && $0 < 0x7F ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
