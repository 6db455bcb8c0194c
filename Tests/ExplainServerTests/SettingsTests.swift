import ExplainerKit
import HTTPD
import Testing

@testable import ExplainServer

/// Flags, then environment, then server.yaml, then defaults.
@Suite struct SettingsTests {
    private func settings(_ flags: [String: String] = [:], _ environment: [String: String] = [:], _ yaml: String? = nil) throws -> Settings
    {
        try Settings(flags: flags, environment: environment, files: ConfigFiles(yaml.map { ["server.yaml": $0] } ?? [:]))
    }

    @Test func `the nearer place wins, even when it repeats the default`() throws {
        let yaml = "host: 0.0.0.0\nport: 1\nthreads: 3\n"
        #expect(try settings().port == 8080)
        #expect(try settings([:], [:], yaml).port == 1)
        #expect(try settings([:], ["EXPLAIN_PORT": "2"], yaml).port == 2)
        let all = try settings(["port": "8080"], ["EXPLAIN_PORT": "2", "PORT": "9"], yaml)
        #expect((all.port, all.host, all.threads) == (8080, "0.0.0.0", 3))
    }

    @Test func `lists may be YAML lists or comma lists`() throws {
        #expect(
            try settings([:], [:], "cors_origins:\n  - https://a.example\n  - https://b.example\n").corsOrigins == [
                "https://a.example", "https://b.example",
            ])
        #expect(try settings([:], ["EXPLAIN_CORS_ORIGINS": "https://a.example,https://b.example"]).corsOrigins.count == 2)
    }

    @Test(
        arguments: [
            (["port": "x"], [:], nil, "--port: error: \"x\" is no valid port; use a whole number from 0 to 65535"),
            ([:], ["EXPLAIN_PROT": "1"], nil, "EXPLAIN_PROT: error: unknown setting \"prot\"; did you mean port?"),
            ([:], [:], "host: a\nprot: 1\n", "server.yaml:2: error: unknown key \"prot\"; did you mean \"port\"?"),
            ([:], [:], "\nport: 99999\n", "server.yaml:2: error: \"99999\" is no valid port"),
            ([:], ["EXPLAIN_LINT_MAX_BYTES": "0"], nil, "\"0\" is no valid lint_max_bytes; use a whole number from 1 to 67108864"),
            (["head_timeout_seconds": "0"], [:], nil, "\"0\" is no valid head_timeout_seconds; use a whole number from 1 to 3600"),
            ([:], [:], "max_head_bytes: 4096\n", "max_target_bytes (8192) must be less than max_head_bytes (4096)"),
            (
                [:], [:], "trusted_proxies: [10.0.0.0/8, proxy]\n",
                "server.yaml:1: error: \"proxy\" is no valid trusted_proxies; use addresses"
            ),
            ([:], [:], "forwarded_header: x-real-ip\n", "\"x-real-ip\" is no valid forwarded_header; use x-forwarded-for or forwarded"),
            ([:], [:], "listen: 8080\n", "\"8080\" is no valid listen; use HOST:PORT, [::1]:8080, or unix:/path/to.sock"),
            ([:], [:], "port: 1\nlisten: a:1\n", "server.yaml:2: error: listen stands for host and port; set it, or those"),
            ([:], ["EXPLAIN_SOCKET_MODE": "689"], nil, "\"689\" is no valid socket_mode; use the digits that chmod takes, such as 660"),
            ([:], [:], "public_url: example.org\n", "begin with https:// or http://"),
            ([:], [:], "port: [1\n", "server.yaml:"),
        ] as [([String: String], [String: String], String?, String)])
    func `what is unknown or wrong is refused with its place`(
        flags: [String: String], environment: [String: String], yaml: String?, message: String
    ) throws {
        let errors = try #require(throws: LoadingErrors.self) { try settings(flags, environment, yaml) }
        #expect(errors.description.contains(message), "\(errors)")
    }

    @Test func `the nearer of address and port says where to listen`() throws {
        #expect(try settings().endpoint == .network(host: "127.0.0.1", port: 8080))
        #expect(try settings([:], [:], "listen: \"[::1]:1\"\n").endpoint == .network(host: "::1", port: 1))
        #expect(try settings([:], ["EXPLAIN_LISTEN": "a:2"], "host: b\nport: 1\n").endpoint == .network(host: "a", port: 2))
        #expect(try settings(["port": "3"], ["EXPLAIN_LISTEN": "a:2"], "host: b\n").endpoint == .network(host: "b", port: 3))
        let unix = try settings(["listen": "unix:/run/x.sock"], [:], "socket_mode: 0600\nport: 1\n")
        #expect(unix.endpoint == .unix(path: "/run/x.sock", mode: 0o600))
    }

    @Test func `proxies are addresses and networks`() throws {
        let proxies = try settings([:], [:], "trusted_proxies:\n  - 10.0.0.0/8\n  - ::1\nforwarded_header: Forwarded\n").trustedProxies
        #expect(try proxies.subnets == [#require(Subnet("10.0.0.0/8")), #require(Subnet("::1"))])
        #expect(proxies.header == .forwarded)
    }

    @Test func `a file of comments only sets nothing`() throws {
        #expect(try settings([:], [:], "# port: 1\n\n") == Settings())
    }
}
