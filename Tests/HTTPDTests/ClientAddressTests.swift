import HTTPD
import Testing

@testable import HTTPD

/// Who is at the other end, and who is behind it.
struct ClientAddressTests {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("2001:DB8:0::1", "2001:db8::1"), ("::1", "::1"), ("::ffff:192.0.2.7", "192.0.2.7"),
    ])
    func `reads addresses in digits`(text: String, canonical: String) throws {
        #expect(try #require(ClientAddress(text)).description == canonical)
    }

    @Test(arguments: ["", "localhost", "1.2.3", "1.2.3.256", "::1%lo", "[::1]", "1.2.3.4 ", "unknown"])
    func `takes nothing else for an address`(text: String) {
        #expect(ClientAddress(text) == nil)
    }

    @Test(arguments: [
        ("10.0.0.0/8", "10.255.0.1", true), ("10.0.0.0/8", "11.0.0.1", false), ("192.0.2.1", "192.0.2.1", true),
        ("192.0.2.1", "192.0.2.2", false), ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "::1", false), ("fd00::/8", "fdab::1", true),
        ("fd00::/8", "fe80::1", false), ("2001:db8::/96", "2001:db8::9", true), ("2001:db8::/96", "2001:db8:0:0:1::", false),
        ("::/0", "2001:db8::1", true), ("2001:db8::1", "2001:db8::2", false),
    ])
    func `knows what lies in a network`(network: String, address: String, isInside: Bool) throws {
        #expect(try #require(Subnet(network)).contains(#require(ClientAddress(address))) == isInside)
    }

    @Test(arguments: ["", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "::/129", "host/8", "10.0.0.0/8/8"])
    func `takes nothing else for a network`(text: String) {
        #expect(Subnet(text) == nil)
    }

    private func client(_ peer: String, _ field: String?, _ header: TrustedProxies.Header = .xForwardedFor) throws -> String {
        var proxies = TrustedProxies()
        proxies.subnets = try [#require(Subnet("10.0.0.0/8")), #require(Subnet("fd00::/8"))]
        proxies.header = header
        return try proxies.client(behind: peer == "local" ? .local : #require(ClientAddress(peer)), field).description
    }

    @Test(arguments: [
        (nil, "10.0.0.1"), ("203.0.113.5", "203.0.113.5"), ("198.51.100.1, 203.0.113.5", "203.0.113.5"),
        // What the client wrote itself stands before what the proxies added.
        ("1.1.1.1, 203.0.113.5, 10.1.1.1, 10.2.2.2", "203.0.113.5"), ("10.9.9.9,10.8.8.8", "10.9.9.9"),
        ("203.0.113.5:4711 , 10.1.1.1:80", "203.0.113.5"), ("[2001:db8::5]:4711, fd00::1", "2001:db8::5"), ("2001:db8::5", "2001:db8::5"),
        ("203.0.113.5, unknown", "10.0.0.1"), ("203.0.113.5, , 10.1.1.1", "10.1.1.1"), ("", "10.0.0.1"), ("unknown", "10.0.0.1"),
    ])
    func `believes X-Forwarded-For as far as its proxies go`(field: String?, expected: String) throws {
        #expect(try client("10.0.0.1", field) == expected)
    }

    @Test(arguments: [
        ("for=203.0.113.5", "203.0.113.5"), ("For=\"[2001:db8::5]:4711\";proto=http;by=10.0.0.1", "2001:db8::5"),
        ("for=1.1.1.1, for=203.0.113.5;by=10.2.2.2, proto=https; for=10.1.1.1", "203.0.113.5"),
        // A comma and a semicolon within quotation marks separate nothing.
        ("for=203.0.113.5;ext=\"a,for=9.9.9.9;b\"", "203.0.113.5"), ("for=_hidden", "10.0.0.1"),
        ("for=203.0.113.5, for=unknown", "10.0.0.1"),
        ("proto=https", "10.0.0.1"), ("for", "10.0.0.1"), ("for=\"", "10.0.0.1"),
    ])
    func `believes Forwarded as far as its proxies go`(field: String, expected: String) throws {
        #expect(try client("10.0.0.1", field, .forwarded) == expected)
    }

    @Test func `takes a Unix socket for a proxy`() throws {
        #expect(try client("local", "203.0.113.5") == "203.0.113.5")
        #expect(try client("local", nil) == "local")
    }
}
