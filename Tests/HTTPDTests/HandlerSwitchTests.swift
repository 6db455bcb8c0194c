import Glibc
import HTTPD
import Synchronization
import TestSupport
import Testing

/// Counts how many of the application's states are alive.
private final class Generation: Sendable {
    static let alive = Atomic(0)
    let body: [UInt8]

    init(_ number: Int) {
        body = Array(String(repeating: "\(number % 10)", count: 1000).utf8)
        Generation.alive.add(1, ordering: .relaxed)
    }

    deinit { Generation.alive.subtract(1, ordering: .relaxed) }
}

/// Handlers that answer for one generation, and refuse for it.
private func handlers(_ number: Int) -> (refuse: @Sendable (Refusal) -> Response, handler: Server.Handler) {
    let generation = Generation(number)
    return (
        { refusal in .once(status: refusal.status, headers: [], body: generation.body) },
        { _ in .once(status: 200, headers: [Field("X-Generation", "\(number % 10)")], body: generation.body) }
    )
}

@Suite(.serialized) struct HandlerSwitchTests {
    @Test func `exchanged under load, every answer is whole and of one generation, and no old one stays`() throws {
        let isDone = Atomic(false)
        let answers = Atomic(0)
        let mixed = Atomic(0)
        let running = Atomic(0)
        let first = handlers(0)
        try withServer(configured(threads: 2), refuse: first.refuse, handler: first.handler) { server in
            let port = server.port
            // Connected to every thread, and asks nothing: it must not keep anything alive.
            let idle = try WireClient(port: port)
            withoutActuallyEscaping({ @Sendable in
                running.add(1, ordering: .relaxed)
                defer { running.subtract(1, ordering: .releasing) }
                while !isDone.load(ordering: .acquiring) {
                    guard let client = try? WireClient(port: port) else { continue }
                    for _ in 0..<50 {
                        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                        guard let answer = try? client.answer(), answer.status == 200, answer.body.count == 1000,
                            let digit = answer["X-Generation"]?.first, answer.body.allSatisfy({ $0 == digit })
                        else {
                            mixed.add(1, ordering: .relaxed)
                            continue
                        }
                        answers.add(1, ordering: .relaxed)
                    }
                    // The gate's answers are exchanged, too.
                    client.send("G(T / HTTP/1.1\r\nHost: h\r\n\r\n")
                    if (try? client.answer())?.body.count != 1000 { mixed.add(1, ordering: .relaxed) }
                }
            }) { work in
                for _ in 0..<4 { Thread.run(work) }
                var number = 0
                while number < 300 || answers.load(ordering: .relaxed) < 500, mixed.load(ordering: .relaxed) == 0 {
                    number += 1
                    let next = handlers(number)
                    server.handlers.replace(refuse: next.refuse, handler: next.handler)
                    sched_yield()
                }
                isDone.store(true, ordering: .releasing)
                while running.load(ordering: .acquiring) > 0 { sched_yield() }
            }
            // The newest is in use.
            #expect(Generation.alive.load(ordering: .relaxed) == 2)
            withExtendedLifetime(idle) {}
        }
        #expect(mixed.load(ordering: .relaxed) == 0)
        #expect(answers.load(ordering: .relaxed) >= 500)
    }
}
