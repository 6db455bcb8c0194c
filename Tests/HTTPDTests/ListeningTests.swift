import Foundation
import Glibc
import HTTPD
import TestSupport
import Testing

/// Where a server listens.
struct ListeningTests {
    private let request = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"

    /// A path in a folder of its own, for the length of `body`.
    private func withPath(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path + "/s")
    }

    private func configured(at endpoint: Endpoint) -> Server.Configuration {
        var configuration = Server.Configuration()
        configuration.endpoint = endpoint
        configuration.log = { _ in }
        return configuration
    }

    private func mode(of path: String) -> UInt32? {
        var state = stat()
        return unsafe lstat(path, &state) == 0 ? state.st_mode : nil
    }

    /// Why a server does not start there.
    private func refusal(of endpoint: Endpoint) throws -> String {
        do throws(ServerError) {
            let server = try Server(configured(at: endpoint), refuse: refused, handler: echo)
            Issue.record("listens on \(server.endpoint)")
            return ""
        } catch {
            return error.description
        }
    }

    @Test(arguments: [
        ("127.0.0.1:8080", Endpoint.network(host: "127.0.0.1", port: 8080)), ("localhost:0", .network(host: "localhost", port: 0)),
        ("[::1]:80", .network(host: "::1", port: 80)), ("0.0.0.0:65535", .network(host: "0.0.0.0", port: 65535)),
        ("unix:/run/a.sock", .unix(path: "/run/a.sock")), ("unix:a", .unix(path: "a")),
    ])
    func `is told by a name`(text: String, endpoint: Endpoint) {
        #expect(Endpoint(text) == endpoint)
        #expect(endpoint.description == text)
    }

    @Test(arguments: [
        "", "8080", ":8080", "localhost", "localhost:", "localhost:65536", "localhost:-1", "::1:80", "[::1]", "[localhost]:80",
        "[1.2.3.4]:80",
        "unix:", "unix:/" + String(repeating: "a", count: 107),
    ])
    func `is told by nothing else`(text: String) {
        #expect(Endpoint(text) == nil)
    }

    @Test func `serves on a Unix socket that its mode protects, and takes it away at the end`() throws {
        try withPath { path in
            let handler: Server.Handler = { request in .once(status: 200, headers: [], body: Array(request.client.description.utf8)) }
            try withServer(configured(at: .unix(path: path, mode: 0o600)), handler: handler) { server in
                #expect(server.endpoint == .unix(path: path, mode: 0o600))
                #expect(mode(of: path) == S_IFSOCK | 0o600)
                let client = try WireClient(path: path)
                client.send(request + "GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n")
                #expect(try client.answer().body == "local")
                // Whoever may use the socket is trusted.
                #expect(try client.answer().body == "203.0.113.9")
            }
            #expect(mode(of: path) == nil)
        }
    }

    @Test func `serves a Unix client that was not yet accepted when it stops`() throws {
        try withPath { path in
            let door = Door()
            var configuration = configured(at: .unix(path: path))
            configuration.threads = 1
            let server = try Server(
                configuration, refuse: refused,
                handler: { request in
                    if request.path == "/slow" { door.pass() }
                    return .once(status: 200, headers: [], body: Array("served".utf8))
                })
            let slow = try WireClient(path: path)
            slow.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n")
            door.awaitVisitor()
            let waiting = try WireClient(path: path)
            waiting.send(request)
            Thread.run {
                while unsafe access(path, F_OK) == 0 { sched_yield() }
                door.open()
            }
            server.stop(draining: .seconds(10))
            #expect(try slow.remainder().hasSuffix("served"))
            #expect(try waiting.remainder().hasSuffix("served"))
        }
    }

    @Test func `takes the place of a server that was killed`() throws {
        try withPath { path in
            let dead = try listeningSocket(path: path)
            close(dead)
            #expect(mode(of: path).map { $0 & S_IFMT } == S_IFSOCK)
            try withServer(configured(at: .unix(path: path))) { _ in
                let client = try WireClient(path: path)
                client.send(request)
                #expect(try client.answer().body == "GET /a")
            }
        }
    }

    @Test func `leaves a server that lives alone`() throws {
        try withPath { path in
            try withServer(configured(at: .unix(path: path))) { _ in
                let refusal = try refusal(of: .unix(path: path))
                #expect(refusal == "cannot listen on unix:\(path): another program listens there already; choose another path, or stop it")
                let client = try WireClient(path: path)
                client.send(request)
                #expect(try client.answer().body == "GET /a")
            }
        }
    }

    @Test func `leaves a file that is no socket alone`() throws {
        try withPath { path in
            try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
            #expect(try refusal(of: .unix(path: path)).contains("there is a file that is no socket; choose another path, or remove it"))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        }
    }

    @Test func `leaves a file that has taken the place of its own alone`() throws {
        try withPath { path in
            try withServer(configured(at: .unix(path: path))) { _ in
                try FileManager.default.removeItem(atPath: path)
                try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
            }
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        }
    }

    @Test func `says what the system says`() throws {
        #expect(try refusal(of: .unix(path: "/nowhere/s")) == "cannot listen on unix:/nowhere/s: No such file or directory")
        let long = "/" + String(repeating: "a", count: 200)
        #expect(try refusal(of: .unix(path: long)).hasSuffix("the path is longer than 107 bytes; choose a shorter one"))
    }

    @Test func `listens again on a port whose connections it has just closed`() throws {
        var configuration = configured(at: .network(host: "127.0.0.1", port: 0))
        configuration.sharesPort = false
        for _ in 0..<2 {
            configuration.port = try withServer(configuration) { server in
                let client = try WireClient(port: server.port)
                client.send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                #expect(try client.remainder().hasSuffix("GET /a"))
                return server.port
            }
        }
    }

    @Test func `leaves clients of a socket that is another's to the next server`() throws {
        try withPath { path in
            let owner = try listeningSocket(path: path)
            defer { close(owner) }
            var waiting: WireClient?
            for _ in 0..<2 {
                try withServer(configured(at: .inherited(socket: dup(owner)))) { server in
                    #expect(server.endpoint == .unix(path: path))
                    let client = try waiting ?? WireClient(path: path)
                    client.send(request)
                    #expect(try client.answer().body == "GET /a")
                }
                waiting = try WireClient(path: path)
            }
            #expect(mode(of: path) != nil)
        }
    }

    @Test func `takes sockets only if they were passed to this very process`() throws {
        #expect(try InheritedSockets(environment: [:]).sockets.isEmpty)
        #expect(try InheritedSockets(environment: ["LISTEN_FDS": "1", "LISTEN_PID": "1"]).sockets.isEmpty)
        #expect(try InheritedSockets(environment: ["LISTEN_FDS": "0", "LISTEN_PID": String(getpid())]).sockets.isEmpty)
    }

    @Test(arguments: [("x", nil, "LISTEN_FDS is \"x\""), ("1", "a:b", "LISTEN_FDNAMES has 2 names for 1 sockets")])
    func `says what is wrong with what was passed`(count: String, names: String?, says: String) throws {
        var environment = ["LISTEN_FDS": count, "LISTEN_PID": String(getpid())]
        environment["LISTEN_FDNAMES"] = names
        let error = #expect(throws: ServerError.self) { try InheritedSockets(environment: environment) }
        #expect(error?.description.contains(says) == true)
    }

    /// A socket in the file system that nobody serves.
    private func listeningSocket(path: String) throws -> CInt {
        let descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let status = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try #require(status == 0 && listen(descriptor, 8) == 0)
        return descriptor
    }
}
