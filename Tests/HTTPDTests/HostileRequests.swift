import Testing

@testable import HTTPD

/// A request that must not get through.
struct Hostile: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    /// What is answered before the connection closes; 0 where it closes without a word.
    let status: Int
    /// The gate's reason, or nil where libmicrohttpd 0.9.75 answers before the gate is asked.
    let reason: Refusal.Reason?
    /// Whether HTTP allows it after all, and 1.0 and later take it.
    let isTakenLater: Bool

    /// Each scalar of `text` stands for one byte, so that "\u{FF}" is the byte 255.
    init(_ name: String, _ text: String, _ status: Int, _ reason: Refusal.Reason? = nil, isTakenLater: Bool = false) {
        self.name = name
        self.bytes = text.unicodeScalars.map { UInt8($0.value) }
        self.status = status
        self.reason = reason
        self.isTakenLater = isTakenLater
    }

    var testDescription: String { name }
}

private let host = "Host: h\r\n"
private let get = "GET / HTTP/1.1\r\nHost: h\r\n"
private let post = "POST / HTTP/1.1\r\nHost: h\r\n"
private let chunked = "\(post)Transfer-Encoding: chunked\r\n"
private let manyFields = String(repeating: "A: b\r\n", count: 100)
private let letters = String(repeating: "a", count: 40_000)

extension Hostile {
    /// Where the body begins and ends.
    static let framing = [
        Hostile(
            "length and coding", "\(post)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
            .lengthAndCoding),
        Hostile(
            "coding and length", "\(post)Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400,
            .lengthAndCoding),
        Hostile("two lengths", "\(post)Content-Length: 0\r\nContent-Length: 44\r\n\r\n", 400, .severalLengths),
        Hostile("the same length twice", "\(post)Content-Length: 0\r\ncontent-length: 0\r\n\r\n", 400, .severalLengths),
        Hostile("a list of lengths", "\(post)Content-Length: 3, 3\r\n\r\n", 400),
        Hostile("a signed length", "\(post)Content-Length: +3\r\n\r\n", 400),
        Hostile("a hexadecimal length", "\(post)Content-Length: 0x3\r\n\r\n", 400),
        Hostile("an empty length", "\(post)Content-Length:\r\n\r\n", 400),
        Hostile(
            "a length that means endless", "\(post)Content-Length: 18446744073709551615\r\n\r\n", 413,
            .bodyTooLarge(limit: 1 << 20)),
        Hostile("a length past 64 bits", "\(post)Content-Length: 18446744073709551617\r\n\r\n", 413),
        Hostile("a length above the limit", "\(post)Content-Length: 1048577\r\n\r\n", 413, .bodyTooLarge(limit: 1 << 20)),
        Hostile("xchunked", "\(post)Transfer-Encoding: xchunked\r\n\r\n", 501, .unsupportedCoding),
        Hostile("gzip and chunked", "\(post)Transfer-Encoding: gzip, chunked\r\n\r\n", 501, .unsupportedCoding),
        Hostile("chunked and a blank", "\(post)Transfer-Encoding: chunked \r\n\r\n", 501, .unsupportedCoding),
        Hostile("an empty coding", "\(post)Transfer-Encoding:\r\n\r\n", 501, .unsupportedCoding),
        Hostile(
            "two codings", "\(post)Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n", 501, .unsupportedCoding),
        Hostile(
            "a coding on 1.0", "POST / HTTP/1.0\r\n\(host)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400, .codingOnOldVersion),
        Hostile("an unknown expectation", "\(post)Expect: 200-ok\r\nContent-Length: 1\r\n\r\n", 417, .unknownExpectation),
        Hostile("two content types", "\(post)Content-Type: a/b\r\nContent-Type: c/d\r\n\r\n", 400, .severalContentTypes),

        Hostile(
            "length and coding on 1.0", "POST / HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400,
            .lengthAndCoding),
        Hostile(
            "identity and a length", "\(post)Transfer-Encoding: identity\r\nContent-Length: 3\r\n\r\nabc", 400, .lengthAndCoding),
        Hostile("identity", "\(post)Transfer-Encoding: identity\r\n\r\n", 501, .unsupportedCoding),
        Hostile("chunked in two fields", "\(chunked)Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 501, .unsupportedCoding),
        Hostile("chunked twice in a field", "\(post)Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 501, .unsupportedCoding),
        Hostile("a comma before chunked", "\(post)Transfer-Encoding: ,chunked\r\n\r\n0\r\n\r\n", 501, .unsupportedCoding),
        Hostile("chunked in quotes", "\(post)Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", 501, .unsupportedCoding),
        Hostile("chunked with a parameter", "\(post)Transfer-Encoding: chunked;q=1\r\n\r\n0\r\n\r\n", 501, .unsupportedCoding),
        Hostile("chunked and a byte beyond ASCII", "\(post)Transfer-Encoding: chunked\u{FF}\r\n\r\n0\r\n\r\n", 501, .unsupportedCoding),
        Hostile("half of chunked", "\(post)Transfer-Encoding: chunk\r\n\r\n0\r\n\r\n", 501, .unsupportedCoding),
        Hostile("a vertical tab before chunked", "\(post)Transfer-Encoding: \u{B}chunked\r\n\r\n0\r\n\r\n", 400, .badFieldValue),
        Hostile("a folded coding", "\(post)Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 400, .ambiguousHead),
        Hostile("a blank after the coding's name", "\(post)Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400),
        Hostile("a gzipped coding with GET", "\(get)Transfer-Encoding: gzip\r\n\r\n", 501, .unsupportedCoding),
        Hostile(
            "three lengths, apart", "\(post)Content-Length: 3\r\nA: b\r\ncontent-length: 3\r\nCONTENT-LENGTH: 3\r\n\r\nabc", 400,
            .severalLengths),
        Hostile("a negative length", "\(post)Content-Length: -1\r\n\r\n", 400),
        Hostile("a length with a fraction", "\(post)Content-Length: 1.0\r\n\r\n", 400),
        Hostile("a length with an exponent", "\(post)Content-Length: 1e1\r\n\r\n", 400),
        Hostile("a length with an underscore", "\(post)Content-Length: 1_0\r\n\r\n", 400),
        Hostile("a length in two words", "\(post)Content-Length: 5 5\r\n\r\n", 400),
        Hostile("a length and a comma", "\(post)Content-Length: 5,\r\n\r\n", 400),
        Hostile("a comma and a length", "\(post)Content-Length: ,5\r\n\r\n", 400),
        Hostile("a length and a semicolon", "\(post)Content-Length: 5;\r\n\r\n", 400),
        Hostile("a length in quotes", "\(post)Content-Length: \"5\"\r\n\r\n", 400),
        Hostile("a length and a letter", "\(post)Content-Length: 3a\r\n\r\nabc", 400),
        Hostile("a length and a blank", "\(post)Content-Length: 3 \r\n\r\nabc", 400, isTakenLater: true),
        Hostile("a length in other digits", "\(post)Content-Length: \u{D9}\u{A3}\r\n\r\nabc", 400),
        Hostile("a NUL after the length", "\(post)Content-Length: 3\0\r\n\r\nabc", 400, .ambiguousHead),
        Hostile("a length past 63 bits", "\(post)Content-Length: 9223372036854775808\r\n\r\n", 413, .bodyTooLarge(limit: 1 << 20)),
        Hostile("a length of 500 digits", "\(post)Content-Length: \(String(repeating: "9", count: 500))\r\n\r\n", 413),
        Hostile("an expectation twice", "\(get)Expect: 100-continue\r\nExpect: 100-continue\r\n\r\n", 417, .unknownExpectation),
        Hostile("a list of expectations", "\(get)Expect: 100-continue, x\r\n\r\n", 417, .unknownExpectation),
        Hostile("an empty expectation", "\(get)Expect:\r\n\r\n", 417, .unknownExpectation),
    ]

    /// Lines, names and values of the fields.
    static let heads = [
        Hostile("a blank before the colon", "\(post)Content-Length : 44\r\n\r\n", 400),
        Hostile("a tab before the colon", "\(post)Content-Length\t: 44\r\n\r\n", 400),
        Hostile("a fold that renames a field", "\(post)Content-: 44\r\n Length\r\n\r\n", 400, .ambiguousHead),
        Hostile("a fold that hides a length", "\(post)Content-Length: 44\r\n x\r\n\r\n", 400, .ambiguousHead),
        Hostile("a fold with a tab", "\(get)X-A: 1\r\n\t2\r\n\r\n", 400, .ambiguousHead),
        Hostile("a fold before any field", "GET / HTTP/1.1\r\n Host: h\r\n\r\n", 400),
        Hostile("a field without a name", "\(get): x\r\nContent-Length: 44\r\n\r\n", 400, .ambiguousHead),
        Hostile("a field without a name at first", "GET / HTTP/1.1\r\n: x\r\n\(host)\r\n", 400, .badFieldName),
        Hostile("a line that begins with NUL", "\(get)\0\r\nContent-Length: 44\r\n\r\n", 400, .ambiguousHead),
        Hostile("a NUL in a name", "\(get)X\0A: 1\r\n\r\n", 400),
        Hostile("a NUL in a value", "\(get)X-A: 1\0 2\r\n\r\n", 400, .ambiguousHead),
        Hostile("a NUL in the last value", "GET / HTTP/1.1\r\nHost: h\0\r\n\r\n", 400, .ambiguousHead),
        Hostile("a bare line feed after the first line", "GET / HTTP/1.1\n\(host)\r\n", 400, .ambiguousHead),
        Hostile("a bare line feed after a field", "GET / HTTP/1.1\r\nHost: h\nX-A: 1\r\n\r\n", 400, .ambiguousHead),
        Hostile("a bare line feed at the end", "\(get)\n", 400, .ambiguousHead),
        Hostile("bare line feeds throughout", "GET / HTTP/1.1\nHost: h\n\n", 400, .ambiguousHead),
        Hostile("a bare CR in a value", "\(get)X-A: 1\rX-B: 2\r\n\r\n", 400, .badFieldValue),
        Hostile("a bell in a value", "\(get)X-A: \u{7}\r\n\r\n", 400, .badFieldValue),
        Hostile("a bracket in a name", "\(get)X[A]: 1\r\n\r\n", 400, .badFieldName),
        Hostile("a line without a colon", "\(get)nonsense\r\n\r\n", 400),
        Hostile("no Host", "GET / HTTP/1.1\r\nX-A: 1\r\n\r\n", 400, .missingHost),
        Hostile("no field at all", "GET / HTTP/1.1\r\n\r\n", 400, .missingHost),
        Hostile("two Hosts", "\(get)Host: other\r\n\r\n", 400, .severalHosts),
        Hostile("a Host with a path", "GET / HTTP/1.1\r\nHost: h/evil\r\n\r\n", 400, .badHost),
        Hostile("a Host with a user", "GET / HTTP/1.1\r\nHost: me@h\r\n\r\n", 400, .badHost),
        Hostile("a Host with a wordy port", "GET / HTTP/1.1\r\nHost: h:http\r\n\r\n", 400, .badHost),
        Hostile("an unclosed bracket in Host", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n", 400, .badHost),
        Hostile("a hundred and one fields", "\(get)\(manyFields)\r\n", 431, .tooManyFields(limit: 100)),
        Hostile("a long head", "\(get)A: \(letters.prefix(16_384))\r\n\r\n", 431, .headTooLarge(limit: 16_384)),
        Hostile(
            "a head that leaves no room for an answer", "\(get)A: \(letters.prefix(32_300))\r\n\r\n", 431,
            .headTooLarge(limit: 16_384)),
        Hostile("a head beyond all memory", "\(get)A: \(letters)\r\n\r\n", 431),

        Hostile("a control before a name", "\(get)\u{1}A: b\r\n\r\n", 400, .badFieldName),
        Hostile("a letter beyond ASCII in a name", "\(get)\u{C3}\u{A9}: b\r\n\r\n", 400, .badFieldName),
        Hostile("a slash in a name", "\(get)a/b: c\r\n\r\n", 400, .badFieldName),
        Hostile("a quote in a name", "\(get)a\"b: c\r\n\r\n", 400, .badFieldName),
        Hostile("an at sign in a name", "\(get)a@b: c\r\n\r\n", 400, .badFieldName),
        Hostile("a blank in a name", "\(get)a b: c\r\n\r\n", 400),
        Hostile("a tab in a name", "\(get)a\tb: c\r\n\r\n", 400),
        Hostile("DEL in a value", "\(get)A: \u{7F}\r\n\r\n", 400, .badFieldValue),
        Hostile("an escape sequence in a value", "\(get)A: \u{1B}[2J\r\n\r\n", 400, .badFieldValue),
        Hostile("a vertical tab in a value", "\(get)A: b\u{B}c\r\n\r\n", 400, .badFieldValue),
        Hostile("two CRs at a line's end", "\(get)A: b\r\r\n\r\n", 400, .badFieldValue),
        Hostile("a CR before the last line's end", "\(get)\r\r\n", 400),
        Hostile("line feed, then CR", "\(get)A: b\n\r\n\r\n", 400, .ambiguousHead),
        Hostile("a line of one blank", "\(get) \r\n\r\n", 400, .ambiguousHead),
        Hostile("a line of one tab", "\(get)\t\r\n\r\n", 400, .ambiguousHead),
        Hostile("an end before the fields", "GET / HTTP/1.1\r\n\r\n\(host)\r\n", 400, .missingHost),
        Hostile("a blank after Host's name", "GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400),
        Hostile("a folded Host", "GET / HTTP/1.1\r\nHost:\r\n h\r\n\r\n", 400, .ambiguousHead),
        Hostile("the same Host twice", "\(get)HOST: h\r\n\r\n", 400, .severalHosts),
        Hostile("two Hosts on 1.0", "GET / HTTP/1.0\r\nHost: h\r\nHost: h\r\n\r\n", 400, .severalHosts),
        Hostile("a whole address and no Host", "GET http://h/ HTTP/1.1\r\n\r\n", 400, .missingHost),
        Hostile("a list of Hosts", "GET / HTTP/1.1\r\nHost: h, evil\r\n\r\n", 400, .badHost),
        Hostile("a Host of two words", "GET / HTTP/1.1\r\nHost: h evil\r\n\r\n", 400, .badHost),
        Hostile("a Host that is an address with a scheme", "GET / HTTP/1.1\r\nHost: http://h\r\n\r\n", 400, .badHost),
        Hostile("a Host with a query", "GET / HTTP/1.1\r\nHost: h?evil\r\n\r\n", 400, .badHost),
        Hostile("a Host with a fragment", "GET / HTTP/1.1\r\nHost: h#evil\r\n\r\n", 400, .badHost),
        Hostile("a Host with an escape", "GET / HTTP/1.1\r\nHost: h%00\r\n\r\n", 400, .badHost),
        Hostile("a Host beyond ASCII", "GET / HTTP/1.1\r\nHost: \u{C3}\u{A9}\r\n\r\n", 400, .badHost),
        Hostile("a Host with two ports", "GET / HTTP/1.1\r\nHost: h:80:80\r\n\r\n", 400, .badHost),
        Hostile("a Host with a port of six digits", "GET / HTTP/1.1\r\nHost: h:000080\r\n\r\n", 400, .badHost),
        Hostile("a Host with a port past 16 bits", "GET / HTTP/1.1\r\nHost: h:65536\r\n\r\n", 400, .badHost),
        Hostile("a Host that is a port only", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n", 400, .badHost),
        Hostile("a Host of empty brackets", "GET / HTTP/1.1\r\nHost: []\r\n\r\n", 400, .badHost),
        Hostile("a Host that goes on after its brackets", "GET / HTTP/1.1\r\nHost: [::1]evil\r\n\r\n", 400, .badHost),
        Hostile("a thousand fields", "\(get)\(String(repeating: manyFields, count: 10))\r\n", 431),
        Hostile("a long name", "\(get)\(letters.prefix(20_000)): b\r\n\r\n", 431, .headTooLarge(limit: 16_384)),
        Hostile("a long folded line", "\(get)A: b\r\n \(letters.prefix(20_000))\r\n\r\n", 431),
        Hostile("cookies beyond all memory", "\(get)Cookie: \(String(repeating: "a=b; ", count: 450))\r\n\r\n", 431),
    ]

    /// The first line: method, target and version.
    static let lines = [
        Hostile("an escaped NUL", "GET /a%00evil HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.controlCharacter)),
        Hostile("a plain NUL", "GET /a\0/evil HTTP/1.1\r\n\(host)\r\n", 400, .ambiguousHead),
        Hostile("a NUL after the question mark", "GET /a?\0/evil HTTP/1.1\r\n\(host)\r\n", 400, .ambiguousHead),
        Hostile("an escaped slash", "GET /a%2Fb HTTP/1.1\r\n\(host)\r\n", 400, .encodedSlash),
        Hostile("an escaped slash in lower case", "GET /a%2f HTTP/1.1\r\n\(host)\r\n", 400, .encodedSlash),
        Hostile("a bad escape", "GET /%zz HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.badEscape)),
        Hostile("half an escape", "GET /a%4 HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.badEscape)),
        Hostile("a lonely percent sign", "GET /% HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.badEscape)),
        Hostile("escaped bytes that are no UTF-8", "GET /%FF HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.notUTF8)),
        Hostile("an overlong slash", "GET /a%C0%AFb HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.notUTF8)),
        Hostile("a surrogate", "GET /%ED%A0%80 HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.notUTF8)),
        Hostile("plain bytes that are no UTF-8", "GET /\u{FF} HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.notUTF8)),
        Hostile("an escaped line end", "GET /a%0d%0aX: y HTTP/1.1\r\n\(host)\r\n", 400, .controlInTarget),
        Hostile("a blank in the target", "GET /a b HTTP/1.1\r\n\(host)\r\n", 400, .controlInTarget),
        Hostile("a tab in the target", "GET /a\tb HTTP/1.1\r\n\(host)\r\n", 400, .controlInTarget),
        Hostile("a bare CR in the query", "GET /a?\r HTTP/1.1\r\n\(host)\r\n", 400, .controlInTarget),
        Hostile("two blanks before the target", "GET  / HTTP/1.1\r\n\(host)\r\n", 400, .ambiguousHead),
        Hostile("two blanks after the target", "GET /  HTTP/1.1\r\n\(host)\r\n", 400, .controlInTarget),
        Hostile("a blank after the version", "GET / HTTP/1.1 \r\n\(host)\r\n", 400),
        Hostile("no leading slash", "GET evil HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("another scheme", "GET ftp://h/ HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("a user in the address", "GET http://me@h/ HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an address without a host", "GET http:///evil HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("a fragment", "GET /a#b HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an authority", "CONNECT h:443 HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an asterisk with GET", "GET * HTTP/1.1\r\n\(host)\r\n", 400, .asteriskWithoutOptions),
        Hostile("an asterisk with a tail", "OPTIONS *x HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("a method that is no token", "G(T / HTTP/1.1\r\n\(host)\r\n", 400, .badMethod),
        Hostile("a method with a control", "GE\u{1}T / HTTP/1.1\r\n\(host)\r\n", 400, .badMethod),
        // Closed without a word by libmicrohttpd.
        Hostile("an empty method", " / HTTP/1.1\r\n\(host)\r\n", 0),
        Hostile("a long target", "GET /\(letters.prefix(8192)) HTTP/1.1\r\n\(host)\r\n", 414, .targetTooLong(limit: 8192)),
        Hostile("a target beyond a head", "GET /\(letters.prefix(17_000)) HTTP/1.1\r\n\(host)\r\n", 414, .targetTooLong(limit: 8192)),
        Hostile("a target beyond all memory", "GET /\(letters) HTTP/1.1\r\n\(host)\r\n", 414),
        Hostile("version 1.2", "GET / HTTP/1.2\r\n\(host)\r\n", 505, .unsupportedVersion),
        Hostile("version 2.0", "GET / HTTP/2.0\r\n\(host)\r\n", 505),
        Hostile("version 0.9", "GET / HTTP/0.9\r\n\(host)\r\n", 505),
        Hostile("version 1.10", "GET / HTTP/1.10\r\n\(host)\r\n", 400),
        Hostile("a version in lower case", "GET / http/1.1\r\n\(host)\r\n", 400),

        Hostile("an overlong NUL", "GET /%C0%80 HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.notUTF8)),
        Hostile("an escape of another kind", "GET /%u0041 HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.badEscape)),
        Hostile("an escaped DEL", "GET /a%7F HTTP/1.1\r\n\(host)\r\n", 400, .badPath(.controlCharacter)),
        Hostile("a DEL", "GET /a\u{7F} HTTP/1.1\r\n\(host)\r\n", 400, .controlInTarget),
        Hostile("a NUL in an argument", "GET /?a=\0b HTTP/1.1\r\n\(host)\r\n", 400, .ambiguousHead),
        Hostile("a bare line feed in an argument", "GET /?a=\nb HTTP/1.1\r\n\(host)\r\n", 400),
        Hostile("a backslash for a slash", "GET \\evil HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an authority with GET", "GET h:80 HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an asterisk with a query", "OPTIONS *?evil HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an address with one slash", "GET http:/evil HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an address with a wordy port", "GET http://h:x/evil HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an address of colons", "GET http://::::/evil HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an address with an unclosed bracket", "GET http://[::1/evil HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an address with an escape in its host", "GET http://h%00/evil HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("an address of mail", "GET mailto:evil@h HTTP/1.1\r\n\(host)\r\n", 400, .badTarget),
        Hostile("a blank before the method", " GET / HTTP/1.1\r\n\(host)\r\n", 0),
        Hostile("a tab before the method", "\tGET / HTTP/1.1\r\n\(host)\r\n", 400, .badMethod),
        Hostile("a CR before the method", "\rGET / HTTP/1.1\r\n\(host)\r\n", 400, .badMethod),
        Hostile("a byte order mark", "\u{EF}\u{BB}\u{BF}GET / HTTP/1.1\r\n\(host)\r\n", 400, .badMethod),
        Hostile("a colon in the method", "GE:T / HTTP/1.1\r\n\(host)\r\n", 400, .badMethod),
        Hostile("a NUL in the method", "GET\0 / HTTP/1.1\r\n\(host)\r\n", 400, .ambiguousHead),
        Hostile("a letter beyond ASCII in the method", "G\u{C9}T / HTTP/1.1\r\n\(host)\r\n", 400, .badMethod),
        Hostile("a long method", "\(letters.prefix(20_000)) / HTTP/1.1\r\n\(host)\r\n", 431, .headTooLarge(limit: 16_384)),
        Hostile("a method beyond all memory", "\(letters) / HTTP/1.1\r\n\(host)\r\n", 414),
        Hostile("tabs between the words", "GET\t/\tHTTP/1.1\r\n\(host)\r\n", 0),
        Hostile("a vertical tab between the words", "GET\u{B}/ HTTP/1.1\r\n\(host)\r\n", 400),
        Hostile("CRs for line ends", "GET / HTTP/1.1\rHost: h\r\r", 400, .controlInTarget),
        Hostile("a request of version 0.9", "GET /\r\n", 400),
        Hostile("a method alone", "GET\r\n\r\n", 0),
        Hostile("a method and a blank", "GET \r\n\r\n", 400),
        Hostile("version 1", "GET / HTTP/1\r\n\(host)\r\n", 400),
        Hostile("version 1 and a point", "GET / HTTP/1.\r\n\(host)\r\n", 400),
        Hostile("version 01.1", "GET / HTTP/01.1\r\n\(host)\r\n", 400),
        Hostile("version 1.1 and a letter", "GET / HTTP/1.1x\r\n\(host)\r\n", 400),
        Hostile("version 1.1 and a word", "GET / HTTP/1.1 x\r\n\(host)\r\n", 400),
        Hostile("version 1.1 and a NUL", "GET / HTTP/1.1\0\r\n\(host)\r\n", 400),
        Hostile("version 1 comma 1", "GET / HTTP/1,1\r\n\(host)\r\n", 400),
        Hostile("version -1.1", "GET / HTTP/-1.1\r\n\(host)\r\n", 400),
        Hostile("version 11.1", "GET / HTTP/11.1\r\n\(host)\r\n", 400),
        Hostile("version 3.0", "GET / HTTP/3.0\r\n\(host)\r\n", 505),
        Hostile("a blank inside the version", "GET / HTTP /1.1\r\n\(host)\r\n", 400),
        Hostile("another protocol", "GET / FTP/1.1\r\n\(host)\r\n", 400),
        Hostile("HTTP/2 with prior knowledge", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Hostile("a TLS greeting", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{FC}\u{3}\u{3}random\r\n\r\n", 0),
        Hostile("an SSH greeting", "SSH-2.0-OpenSSH_9.2\r\n", 0),
        Hostile("a proxy's greeting", "PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n\(get)\r\n", 400),
    ]

    /// What follows the head of a chunked request.
    static let bodies = [
        Hostile("a chunk size that is none", "zz\r\nabc\r\n0\r\n\r\n", 400),
        Hostile("an empty chunk size", "\r\nabc\r\n0\r\n\r\n", 400),
        Hostile("a negative chunk size", "-1\r\nabc\r\n0\r\n\r\n", 400),
        Hostile("a signed chunk size", "+3\r\nabc\r\n0\r\n\r\n", 400),
        Hostile("a chunk size with a prefix", "0x3\r\nabc\r\n0\r\n\r\n", 400),
        Hostile("a chunk size with an underscore", "1_0\r\nabc\r\n0\r\n\r\n", 400),
        Hostile("a blank before the chunk size", " 3\r\nabc\r\n0\r\n\r\n", 400),
        Hostile("a blank after the chunk size", "3 \r\nabc\r\n0\r\n\r\n", 400),
        Hostile("a NUL in the chunk size", "3\0\r\nabc\r\n0\r\n\r\n", 400),
        Hostile("a chunk size past 64 bits", "1ffffffffffffffff\r\n", 413),
        Hostile("a chunk longer than it says", "3\r\nabcdef\r\n0\r\n\r\n", 400),
        Hostile("no line end after a chunk", "3\r\nabc0\r\n\r\n", 400),
        Hostile("letters for a line end", "3\r\nabcXX0\r\n\r\n", 400),
        Hostile("a trailer without a colon", "0\r\nnonsense\r\n\r\n", 400),
        Hostile("a folded trailer", "3\r\nabc\r\n0\r\n A: b\r\n\r\n", 400),
        Hostile("a trailer beyond all memory", "3\r\nabc\r\n0\r\nA: \(letters)\r\n\r\n", 431),
        // The library's own answers: it has no memory left for the line, and calls that a fault of the server.
        Hostile("a chunk extension beyond all memory", "3;\(letters)\r\nabc\r\n0\r\n\r\n", 500),
        Hostile("zeros beyond all memory before a chunk size", "\(String(repeating: "0", count: 40_000))3\r\nabc\r\n0\r\n\r\n", 500),
    ]
}
