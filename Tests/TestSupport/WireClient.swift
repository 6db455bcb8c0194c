import Glibc

/// A client that sends exactly the bytes it is told to: what a polite one cannot.
package final class WireClient {
    package enum Failure: Error {
        case cannotConnect
        case closed(after: String)
        case timedOut(after: String)
        case notHTTP(String)
    }

    /// One response, whole.
    package struct Answer {
        package let status: Int
        package let headers: [(name: String, value: String)]
        /// As they came, coded or not.
        package let bytes: [UInt8]

        package var body: String { String(decoding: bytes, as: UTF8.self) }

        package subscript(name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    private let descriptor: CInt
    private var received: [UInt8] = []
    private let deadline: ContinuousClock.Instant

    package init(port: UInt16, within limit: Duration = .seconds(20), receiveBuffer: CInt? = nil) throws {
        deadline = .now + limit
        descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        if var size = receiveBuffer {
            unsafe setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<CInt>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw Failure.cannotConnect }
    }

    /// Connects to a Unix socket.
    package init(path: String, within limit: Duration = .seconds(20)) throws {
        deadline = .now + limit
        descriptor = socket(AF_UNIX, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
        let status = unsafe withUnsafePointer(to: address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard status == 0 else { throw Failure.cannotConnect }
    }

    /// Also after an `init` that has thrown: whoever closed there as well would close what another thread has just opened.
    deinit { close(descriptor) }

    package func send(_ text: String) { send(Array(text.utf8)) }

    /// Sends what it can; a server that has hung up is no failure here.
    package func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    package func finishSending() { shutdown(descriptor, CInt(SHUT_WR)) }

    /// Ends the connection with a reset instead of a farewell.
    package func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    /// The next response; a HEAD's has a length but no body.
    package func answer(toHead: Bool = false) throws -> Answer {
        while true {
            if let end = headEnd() {
                let (status, headers) = try parseHead(received[..<end])
                let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
                let isBodiless = toHead || status == 204 || status == 304 || status < 200
                let whole = end + 4 + (isBodiless ? 0 : length)
                while received.count < whole { try receive() }
                let body = Array(received[(end + 4)..<whole])
                received.removeFirst(whole)
                return Answer(status: status, headers: headers, bytes: body)
            }
            try receive()
        }
    }

    /// Returns when the answer has begun to arrive.
    package func awaitFirstBytes() throws { try receive(atMost: 16) }

    /// Everything until the server hangs up.
    package func remainder() throws -> String {
        do {
            while true { try receive() }
        } catch Failure.closed {
            defer { received = [] }
            return String(decoding: received, as: UTF8.self)
        }
    }

    /// What has come when the server hangs up, or when the client's time is over.
    package func whatCame() -> String {
        do {
            while true { try receive() }
        } catch {
            return String(decoding: received, as: UTF8.self)
        }
    }

    /// Everything until the server hangs up, to a client that sends `drop` whenever half a second has passed.
    package func remainder(sending drop: String) throws -> String {
        while true {
            var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            if unsafe poll(&item, 1, 500) > 0 { return try remainder() }
            guard ContinuousClock.now < deadline else { throw Failure.timedOut(after: "drops") }
            send(drop)
        }
    }

    private func headEnd() -> Int? {
        guard received.count >= 4 else { return nil }
        return (0...(received.count - 4)).first { received[$0..<($0 + 4)].elementsEqual([13, 10, 13, 10]) }
    }

    private func parseHead(_ bytes: ArraySlice<UInt8>) throws -> (Int, [(name: String, value: String)]) {
        let text = String(decoding: bytes, as: UTF8.self)
        var lines = text.split(separator: "\r\n")[...]
        guard let first = lines.popFirst(), first.hasPrefix("HTTP/1.1 "), let status = Int(first.dropFirst(9).prefix(3)) else {
            throw Failure.notHTTP(text)
        }
        let headers = lines.map { line -> (name: String, value: String) in
            let parts = line.split(separator: ":", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
        }
        return (status, headers)
    }

    private func receive(atMost size: Int = 65536) throws {
        let left = deadline - .now
        let milliseconds = max(0, left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000)
        var item = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&item, 1, CInt(clamping: milliseconds)) > 0 else {
            throw Failure.timedOut(after: String(decoding: received, as: UTF8.self))
        }
        var buffer = [UInt8](repeating: 0, count: size)
        let count = unsafe buffer.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { throw Failure.closed(after: String(decoding: received, as: UTF8.self)) }
        received.append(contentsOf: buffer[..<count])
    }
}
