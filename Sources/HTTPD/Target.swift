/// Where a request's target has its path and its query.
///
/// A target is what stands between the method and the version. It comes as "/explain?length=brief", as a whole
/// address from a proxy's client ("http://host/explain"), or as "*" with OPTIONS. The parts are offsets into
/// the bytes as sent: nothing is copied and nothing is decoded in place.
struct Target: Equatable {
    /// The path, or "*"; empty for an address without one, which means "/".
    var path: Range<Int>
    /// What follows the "?", which is nil without one.
    var query: Range<Int>?
    /// Whether the path is plain ASCII that means itself.
    var isPlain: Bool

    /// Why a target was not understood.
    enum Problem: Error, Equatable {
        case malformed
        case control
        case encodedSlash
        case path(EncodingError)
    }

    static let unknown = Target(path: 0..<0, query: nil, isPlain: true)

    init(path: Range<Int>, query: Range<Int>?, isPlain: Bool) {
        self.path = path
        self.query = query
        self.isPlain = isPlain
    }

    /// Splits first and checks afterwards, so that what looks like a path is the path.
    init(_ bytes: [UInt8]) throws(Problem) {
        let start = try Target.pathStart(bytes)
        var end = bytes.count
        var query: Range<Int>?
        var isPlain = true
        for index in start..<bytes.count {
            let byte = bytes[index]
            if byte <= 0x20 || byte == 0x7F { throw .control }
            if query == nil {
                if byte == UInt8(ascii: "?") {
                    end = index
                    query = (index + 1)..<bytes.count
                } else if byte == UInt8(ascii: "%") || byte >= 0x80 {
                    isPlain = false
                } else if byte == UInt8(ascii: "#") {
                    throw .malformed
                }
            }
        }
        self.init(path: start..<end, query: query, isPlain: isPlain)
        if !isPlain { try checkEscapes(bytes) }
    }

    /// Whether the target is the "*" that stands for the server as a whole.
    func isAsterisk(in bytes: [UInt8]) -> Bool { path == 0..<1 && bytes[0] == UInt8(ascii: "*") }

    /// The decoded path; it is known to decode once the target has been made.
    func decodedPath(_ bytes: [UInt8]) -> String {
        guard !path.isEmpty else { return "/" }
        if isPlain { return String(decoding: bytes[path], as: UTF8.self) }
        return (try? Percent.decode(bytes[path], .path)) ?? "/"
    }

    /// An absolute address loses its scheme and host; the host is the Host field's business.
    private static func pathStart(_ bytes: [UInt8]) throws(Problem) -> Int {
        guard let first = bytes.first else { throw .malformed }
        if first == UInt8(ascii: "/") { return 0 }
        if first == UInt8(ascii: "*"), bytes.count == 1 { return 0 }
        for scheme in ["http://", "https://"] where bytes.count > scheme.utf8.count {
            guard zip(bytes, scheme.utf8).allSatisfy({ $0.lowercased == $1 }) else { continue }
            let start = scheme.utf8.count
            let host = bytes[start...].prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
            guard !host.isEmpty, Authority.isValid(host) else { throw .malformed }
            return host.endIndex
        }
        throw .malformed
    }

    /// A "%2F" is refused: decoded it would be a slash that splits nothing, undecoded a lie.
    private func checkEscapes(_ bytes: [UInt8]) throws(Problem) {
        var index = path.lowerBound
        while index + 2 < path.upperBound {
            if bytes[index] == UInt8(ascii: "%"), bytes[index + 1] == UInt8(ascii: "2"),
                bytes[index + 2].lowercased == UInt8(ascii: "f")
            {
                throw .encodedSlash
            }
            index += 1
        }
        do throws(EncodingError) {
            _ = try Percent.decode(bytes[path], .path)
        } catch {
            throw .path(error)
        }
    }
}
