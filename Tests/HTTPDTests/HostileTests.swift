import Synchronization
import TestSupport
import Testing

@testable import HTTPD

/// A request that must not get through; each is followed by a second one that must never be answered.
struct Hostile: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let status: Int
    /// The gate's reason, or nil where libmicrohttpd answers before the gate is asked.
    let reason: Refusal.Reason?

    /// Each scalar of `head` stands for one byte, so that "\u{FF}" is the byte 255.
    init(_ name: String, _ head: String, _ status: Int, _ reason: Refusal.Reason? = nil) {
        self.name = name
        self.bytes = head.unicodeScalars.map { UInt8($0.value) }
        self.status = status
        self.reason = reason
    }

    var testDescription: String { name }
}

private let host = "Host: h\r\n"
private let get = "GET / HTTP/1.1\r\nHost: h\r\n"
private let post = "POST / HTTP/1.1\r\nHost: h\r\n"
private let manyFields = String(repeating: "A: b\r\n", count: 100)
private let letters = String(repeating: "a", count: 40_000)

struct HostileTests {
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
    ]

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
    ]

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
        Hostile("a target beyond all memory", "GET /\(letters) HTTP/1.1\r\n\(host)\r\n", 414),
        Hostile("version 1.2", "GET / HTTP/1.2\r\n\(host)\r\n", 505, .unsupportedVersion),
        Hostile("version 2.0", "GET / HTTP/2.0\r\n\(host)\r\n", 505),
        Hostile("version 0.9", "GET / HTTP/0.9\r\n\(host)\r\n", 505),
        Hostile("version 1.10", "GET / HTTP/1.10\r\n\(host)\r\n", 400),
        Hostile("a version in lower case", "GET / http/1.1\r\n\(host)\r\n", 400),
    ]

    @Test(arguments: framing + heads + lines)
    func `refuses, closes, and answers nothing that follows`(hostile: Hostile) throws {
        let handled = Atomic(0)
        let refusals = Guarded<[Refusal.Reason]>([])
        let answer = try withServer(
            refuse: { refusal in
                refusals.withLock { $0.append(refusal.reason) }
                return refused(refusal)
            },
            handler: { _ in
                handled.add(1, ordering: .relaxed)
                return .once(status: 200, headers: [], body: Array("evil".utf8))
            },
            { server in
                let client = try WireClient(port: server.port)
                client.send(hostile.bytes)
                client.send("GET /evil HTTP/1.1\r\nHost: h\r\n\r\n")
                return try client.remainder()
            }
        )
        #expect(hostile.status == 0 ? answer.isEmpty : answer.hasPrefix("HTTP/1.1 \(hostile.status) "))
        #expect(!answer.contains("evil"))
        #expect(handled.load(ordering: .relaxed) == 0)
        #expect(refusals.withLock { $0 } == (hostile.reason.map { [$0] } ?? []))
        if hostile.reason != nil {
            #expect(answer.contains("X-Request-Id: "))
            #expect(answer.contains("Connection: close"))
        }
    }

    @Test(arguments: [
        Hostile("a chunk size that is none", "zz\r\nabc\r\n0\r\n\r\n", 400),
        Hostile("a chunk longer than it says", "3\r\nabcdef\r\n0\r\n\r\n", 400),
        Hostile("a chunk size past 64 bits", "1ffffffffffffffff\r\n", 413),
        Hostile("a trailer without a colon", "0\r\nnonsense\r\n\r\n", 400),
    ])
    func `refuses a broken chunked body`(hostile: Hostile) throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n")
            client.send(hostile.bytes)
            client.send("GET /evil HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.remainder()
            #expect(answer.hasPrefix("HTTP/1.1 \(hostile.status) "))
            #expect(!answer.contains("evil"))
        }
    }

    /// What stands between and after chunks is read loosely, so no second request may come out of it.
    @Test(arguments: [
        "3\nabc\n0\n\n", "3\r\nabc\r\n0\r\nA: b\r\n: x\r\n", "3\r\nabc\r\n0\r\n\0\r\n", "3;a=\"\r\nabc\r\n0\r\n\r\n",
    ])
    func `closes after a chunked body`(body: String) throws {
        try withServer { server in
            let client = try WireClient(port: server.port)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + body)
            client.send("GET /evil HTTP/1.1\r\nHost: h\r\n\r\n")
            let answer = try client.remainder()
            #expect(answer.contains("body: abc"))
            #expect(answer.contains("Connection: close"))
            #expect(!answer.contains("evil"))
        }
    }

    /// The wire check leans on where this library keeps the head. A build with another one must be looked at again.
    @Test func `checks the wire on the libraries it was made for`() {
        #expect(RequestGate.canCheckWire(version: "0.9.75"))
        #expect(!RequestGate.canCheckWire(version: "1.0.1"))
        #expect(RequestGate.canCheckWire(version: Server.libraryVersion) == Server.libraryVersion.hasPrefix("0.9.75"))
    }
}
