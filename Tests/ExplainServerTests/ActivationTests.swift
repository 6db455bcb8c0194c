import Foundation
import Glibc
import TestSupport
import Testing

@testable import ExplainServer

/// The program under a service manager, whose part a few lines of Python play.
@Suite struct ActivationTests {
    /// Binds sockets, puts them where systemd does, and becomes the server; arguments: names of the sockets, and the server's command.
    private static let manager = """
        import os, socket, sys
        names, command = sys.argv[1], sys.argv[2:]
        listeners = [socket.create_server(("127.0.0.1", 0)) for name in names.split(":")]
        print(*(listener.getsockname()[1] for listener in listeners), flush=True)
        # First out of the way, since a socket may have one of the numbers that another one is to get.
        spare = [os.dup2(listener.fileno(), 100 + index) for index, listener in enumerate(listeners)]
        for index, descriptor in enumerate(spare):
            os.dup2(descriptor, 3 + index, inheritable=True)
            os.close(descriptor)
        os.environ.update(LISTEN_FDS=str(len(spare)), LISTEN_PID=str(os.getpid()), LISTEN_FDNAMES=names)
        os.execv(command[0], command)
        """

    private struct Service {
        let process: Process
        private let output: FileHandle
        private let errors: FileHandle

        init(names: String, _ arguments: [String], environment: [String: String] = [:]) throws {
            let (process, output, errors) = (Process(), Pipe(), Pipe())
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["python3", "-c", manager, names, Program.path.path, "serve", "--config", ShippedConfig.folder] + arguments
            process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
            process.standardOutput = output
            process.standardError = errors
            try process.run()
            self.process = process
            self.output = output.fileHandleForReading
            self.errors = errors.fileHandleForReading
        }

        /// The ports of the sockets, before the server has begun.
        func ports() throws -> [UInt16] {
            var line = ""
            while !line.hasSuffix("\n") {
                let more = output.availableData
                try #require(!more.isEmpty)
                line += String(decoding: more, as: UTF8.self)
            }
            return line.split(whereSeparator: \.isWhitespace).compactMap { UInt16($0) }
        }

        /// The log up to a line that has `text`, or to the end.
        func log(upTo text: String = "\0") -> String {
            var log = ""
            while !log.contains(text) {
                let more = errors.availableData
                if more.isEmpty { break }
                log += String(decoding: more, as: UTF8.self)
            }
            return log
        }

        func stop() {
            process.terminate()
            process.waitUntilExit()
        }
    }

    @Test func `serves on the socket that it is passed, also those who came before it`() throws {
        let service = try Service(names: "explain-server.socket", ["--port", "1"])
        let port = try #require(service.ports().first)
        let client = try WireClient(port: port, within: .seconds(60))
        client.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.answer().body == "ok\n")
        #expect(service.log(upTo: "listening on").contains("listening on http://127.0.0.1:\(port) "))
        service.stop()
        #expect(service.process.terminationStatus == 0)
    }

    @Test func `serves metrics on a socket of that name`() throws {
        let service = try Service(names: "metrics:http", [])
        let ports = try service.ports()
        try #require(ports.count == 2)
        let client = try WireClient(port: ports[1], within: .seconds(60))
        client.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.answer().body == "ok\n")
        let collector = try WireClient(port: ports[0])
        collector.send("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try collector.answer().body.contains("# TYPE "))
        service.stop()
    }

    @Test func `refuses more sockets than it serves`() throws {
        let service = try Service(names: "a:b", [])
        #expect(
            service.log().contains("cannot use the sockets that were passed: a, b; pass one, and one more with FileDescriptorName=metrics"))
        service.process.waitUntilExit()
        #expect(service.process.terminationStatus == 1)
    }

    /// Where a service manager listens to what its services tell.
    private final class NoticeBoard {
        let environment: [String: String]
        private let descriptor = socket(AF_UNIX, CInt(SOCK_DGRAM.rawValue), 0)
        private let path: String

        init(isAbstract: Bool) throws {
            path = NSTemporaryDirectory() + UUID().uuidString
            environment = ["NOTIFY_SOCKET": isAbstract ? "@" + path : path]
            let name = (isAbstract ? [0] : []) + Array(path.utf8)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
            let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
            let descriptor = descriptor
            let status = unsafe withUnsafePointer(to: address) { pointer in
                unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(descriptor, $0, length) }
            }
            try #require(status == 0)
        }

        deinit {
            close(descriptor)
            unsafe unlink(path)
        }

        /// The next notice; "" if none comes within a minute.
        func next() -> String {
            var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&item, 1, 60_000) > 0 else { return "" }
            var buffer = [UInt8](repeating: 0, count: 100)
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            return String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        }
    }

    @Test(arguments: [false, true])
    func `tells the service manager when it serves and when it stops`(isAbstract: Bool) throws {
        let board = try NoticeBoard(isAbstract: isAbstract)
        let service = try Service(names: "http", [], environment: board.environment)
        let port = try #require(service.ports().first)
        #expect(board.next() == "READY=1")
        let client = try WireClient(port: port)
        client.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
        #expect(try client.answer().body == "ok\n")
        service.stop()
        #expect(board.next() == "STOPPING=1")
    }

    @Test func `a manager that is not there is no hindrance`() {
        #expect(!ServiceNotice.ready.send(environment: [:]))
        #expect(!ServiceNotice.ready.send(environment: ["NOTIFY_SOCKET": "/nowhere/notify"]))
        #expect(!ServiceNotice.ready.send(environment: ["NOTIFY_SOCKET": "relative"]))
    }
}
