/// What the gate would not let through.
///
/// The application words the answer; the connection is closed after it whatever the answer is.
package struct Refusal: Sendable, Equatable {
    /// What was wrong, with the limit where there is one.
    package let reason: Reason
    /// The client's Accept header, when its head could be trusted that far.
    package let accept: String?
    /// The path that was asked for, when it could be read.
    package let path: String?

    /// A refusal as the gate would make it.
    package init(_ reason: Reason, accept: String? = nil, path: String? = nil) {
        self.reason = reason
        self.accept = accept
        self.path = path
    }

    /// The status that fits the reason.
    package var status: Int { reason.status }

    /// What was wrong with a request.
    package enum Reason: Sendable, Equatable {
        /// A bare line feed, a folded line, a NUL, a nameless field: the head can be read in two ways.
        case ambiguousHead
        case badFieldName
        case badFieldValue
        case tooManyFields(limit: Int)
        case headTooLarge(limit: Int)
        case unsupportedVersion
        case badMethod
        case badTarget
        case targetTooLong(limit: Int)
        case controlInTarget
        case encodedSlash
        case badPath(EncodingError)
        case asteriskWithoutOptions
        case missingHost
        case severalHosts
        case badHost
        case severalLengths
        case badLength
        case lengthAndCoding
        case unsupportedCoding
        case codingOnOldVersion
        case severalContentTypes
        case unknownExpectation
        case tooManyConnections(limit: Int)
        /// `wait` is in seconds.
        case tooManyRequests(wait: Int)
        case bodyTooLarge(limit: Int)
    }
}

extension Refusal.Reason {
    /// The status code that RFC 9110 has for this.
    package var status: Int {
        switch self {
        case .ambiguousHead, .badFieldName, .badFieldValue, .badMethod, .badTarget, .controlInTarget, .encodedSlash, .badPath,
            .asteriskWithoutOptions, .missingHost, .severalHosts, .badHost, .severalLengths, .badLength, .lengthAndCoding,
            .codingOnOldVersion, .severalContentTypes:
            400
        case .bodyTooLarge: 413
        case .targetTooLong: 414
        case .unknownExpectation: 417
        case .tooManyConnections, .tooManyRequests: 429
        case .tooManyFields, .headTooLarge: 431
        case .unsupportedCoding: 501
        case .unsupportedVersion: 505
        }
    }

    /// One sentence: what was wrong, and what would have worked.
    package var explanation: String {
        switch self {
        case .ambiguousHead:
            "The request's head can be read in two ways; end lines with CR LF, name each field, and do not fold lines."
        case .badFieldName: "A header field's name has a character that names cannot have; use letters, digits and hyphens."
        case .badFieldValue: "A header field's value contains a control character; send it without."
        case .tooManyFields(let limit): "The request has more than \(limit) header fields; send fewer."
        case .headTooLarge(let limit): "The request's head is larger than \(limit) bytes; send fewer or shorter header fields."
        case .unsupportedVersion: "This version of HTTP is not spoken here; use HTTP/1.1."
        case .badMethod: "The method is not a token; use one such as GET."
        case .badTarget: "The address is neither a path such as /explain nor a whole http address."
        case .targetTooLong(let limit): "The address is longer than \(limit) bytes; shorten its query."
        case .controlInTarget: "The address contains a blank or a control character; escape it with a percent sign."
        case .encodedSlash: "The path contains an escaped slash; no name here has a slash in it."
        case .badPath(let error): "The path \(error.explanation)."
        case .asteriskWithoutOptions: "The address * goes with OPTIONS only; send a path."
        case .missingHost: "The request has no Host field; HTTP/1.1 wants exactly one."
        case .severalHosts: "The request has more than one Host field; send exactly one."
        case .badHost: "The Host field is not a host name with an optional port."
        case .severalLengths: "The request has more than one Content-Length; send exactly one."
        case .badLength: "The Content-Length is not a number; send the body's size in bytes, in digits only."
        case .lengthAndCoding: "The request has both a Content-Length and a Transfer-Encoding; send only one of them."
        case .unsupportedCoding: "This Transfer-Encoding is not understood; use chunked, once, or a Content-Length."
        case .codingOnOldVersion: "A Transfer-Encoding needs HTTP/1.1; send a Content-Length."
        case .severalContentTypes: "The request has more than one Content-Type; send exactly one."
        case .unknownExpectation: "Only the expectation 100-continue can be met."
        case .tooManyConnections(let limit):
            "More than \(limit) connections are open from this address; close some, or send the requests on one."
        case .tooManyRequests(let wait):
            "Too many requests from this address; ask again after \(wait) second\(wait == 1 ? "" : "s")."
        case .bodyTooLarge(let limit): "The body is larger than \(limit) bytes; send a smaller one."
        }
    }
}
