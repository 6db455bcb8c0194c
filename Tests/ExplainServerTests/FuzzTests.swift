import TestSupport
import Testing

@testable import ExplainServer

/// A little of what `make fuzz` does at length.
@Suite struct FuzzTests {
    @Test(arguments: 1...4)
    func `changed requests are answered, and never with a fault of ours`(seed: UInt64) throws {
        try WireTests.shipped.get().serving { port in
            var requests = TrialRequests(seed: seed)
            var client = try WireClient(port: port)
            for _ in 0..<300 {
                let request = requests.framed()
                client.send(request.bytes)
                let answer = try client.answer()
                #expect((200..<500).contains(answer.status), "\(String(decoding: request.bytes, as: UTF8.self))")
                if answer["Connection"] == "close" { client = try WireClient(port: port) }
            }
        }
    }

    @Test func `requests of which any byte may have changed leave the service well`() throws {
        try App.small().serving { port in
            var requests = TrialRequests(seed: 5)
            let clients = try (0..<300).map { _ in try WireClient(port: port, within: .seconds(2)) }
            for client in clients { client.send(requests.raw()) }
            let good = try WireClient(port: port)
            good.send("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n")
            #expect(try good.answer().body == "ok\n")
            for client in clients {
                let answer = client.whatCame()
                #expect(!answer.hasPrefix("HTTP/1.1 500 ") || answer.firstRange(of: "X-Request-Id") == nil, "\(answer)")
            }
        }
    }
}
