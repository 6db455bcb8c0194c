import ExplainerKit
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import ExplainServer

/// Content is exchanged while the service serves.
@Suite(.timeLimit(.minutes(2))) struct ReloadTests {
    @Test func `good and bad reloads in turn under load: no request fails, and every answer is of one state`() throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path)
        let port = program.port
        let isDone = Atomic(false)
        let running = Atomic(0)
        let answers = Atomic(0)
        let seen = Seen()
        DispatchQueue.global().async {
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                running.add(1, ordering: .relaxed)
                defer { running.subtract(1, ordering: .releasing) }
                do {
                    // Kept alive through all reloads.
                    let client = try WireClient(port: port, within: .seconds(110))
                    while !isDone.load(ordering: .acquiring) {
                        client.send("GET /facts.json HTTP/1.1\r\nHost: x\r\n\r\nGET /explain.json HTTP/1.1\r\nHost: x\r\n\r\n")
                        for name in ["facts", "explain"] {
                            let answer = try client.answer()
                            let digest = answer.body.firstMatch(of: /"snapshot": "sha256:([0-9a-f]{64})"/).map { String($0.1) }
                            seen.add(answer.body, as: "\(name) \(digest ?? "without a snapshot") \(answer.status)")
                            answers.add(1, ordering: .relaxed)
                        }
                    }
                } catch {
                    seen.add("\(error)", as: "failure")
                }
            }
        }
        for turn in 1...20 {
            let before = answers.load(ordering: .relaxed)
            try folder.replace("Less in the mountains.", with: "In turn \(turn) less, turn \(turn) in all.", in: "facts/heat.yaml")
            program.signal(SIGHUP)
            try program.awaitLog("serving new content")
            #expect(try program.get("/facts/boiling.json").body.contains("In turn \(turn) less"))
            try folder.replace("value: \"100\"", with: "value: hot", in: "facts/heat.yaml")
            program.signal(SIGHUP)
            let line = try program.awaitLog("facts/heat.yaml:")
            #expect(line.contains("hot"), "\(line)")
            try program.awaitLog("cannot be served")
            #expect(try program.get("/facts/boiling.json").body.contains("In turn \(turn) less"))
            while answers.load(ordering: .relaxed) == before, !seen.has("failure") { sched_yield() }
        }
        isDone.store(true, ordering: .releasing)
        while running.load(ordering: .acquiring) > 0 { sched_yield() }
        // Every answer is a 200, and there is one body for each snapshot: wholly old or wholly new.
        #expect(seen.names.allSatisfy { $0.hasSuffix(" 200") && !$0.contains("without") }, "\(seen.names)")
        #expect(seen.mixed.isEmpty, "\(seen.mixed)")
        #expect(seen.names.count { $0.hasPrefix("facts ") } >= 10)
        program.signal(SIGTERM)
        #expect(program.remainder().contains("stopped"))
        #expect(program.process.terminationStatus == 0)
    }

    /// Bodies by what they belong to, from several threads.
    private final class Seen: @unchecked Sendable {
        private let lock = NSLock()
        private var bodies: [String: Set<String>] = [:]

        func add(_ body: String, as name: String) { lock.withLock { _ = bodies[name, default: []].insert(body) } }
        func has(_ name: String) -> Bool { lock.withLock { bodies[name] != nil } }
        var names: [String] { lock.withLock { bodies.keys.sorted() } }
        var mixed: [String] { lock.withLock { bodies.filter { $0.value.count > 1 }.keys.sorted() } }
    }

    @Test func `readyz tells since when and why the newest configuration is not served, until it is`() throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path)
        let before = try program.get("/readyz.json")
        #expect(before.status == 200 && !before.body.contains("reload"))
        try folder.replace("lower: \"75\"", with: "lower: \"99\"", in: "facts/heat.yaml")
        program.signal(SIGHUP)
        try program.awaitLog("cannot be served")
        let reload = try JSONObject(Array(program.get("/readyz.json").body.utf8)).object("reload")
        #expect(try reload.string("failed_since").hasSuffix("Z"))
        let text = try program.get("/readyz")
        #expect(text.status == 200 && text.body.hasPrefix("ready\n"))
        #expect(text.body.contains("/topics/tea/facts/heat.yaml:27: error: lower 99 is greater than value 80"), "\(text.body)")
        // What is served stands in the files again, so that nothing has to be loaded.
        try folder.write(#require(SmallTopic.files.texts["topics/tea/facts/heat.yaml"]), to: "topics/tea/facts/heat.yaml")
        program.signal(SIGHUP)
        try program.awaitLog("nothing has changed")
        #expect(try program.get("/readyz").body == "ready\n")
    }

    @Test func `a new finding of the style gate refuses the new content`() throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path)
        try folder.write(
            """
            id: patience
            severity: error
            title: No patience
            rationale: Tea takes time.
            message: "\\"{match}\\" waits."
            help: Pour.
            good: [It stands.]
            bad: [A patient host.]
            cues:
              - find: [patient]
            """, to: "topics/tea/rules/patience.yaml")
        program.signal(SIGHUP)
        #expect(try program.awaitLog("[patience]").contains("pieces/guest/"))
        try program.awaitLog("cannot be served")
        #expect(try program.get("/rules/patience").status == 404)
    }

    @Test func `with --watch a change is taken over by itself, also as an exchanged link`() throws {
        // As Kubernetes mounts a ConfigMap: topics leads to ..data/topics, and ..data to a folder that is exchanged.
        let folder = try ConfigFolder([:])
        var texts = SmallTopic.files.texts
        for (path, text) in texts { try folder.write(text, to: "..1/\(path)") }
        texts["topics/tea/facts/heat.yaml"]?.replace("Less in the mountains.", with: "Less on a peak.")
        for (path, text) in texts { try folder.write(text, to: "..2/\(path)") }
        let files = FileManager.default
        let data = folder.url.appendingPathComponent("..data").path
        try files.createSymbolicLink(atPath: data, withDestinationPath: "..1")
        try files.createSymbolicLink(atPath: folder.url.appendingPathComponent("topics").path, withDestinationPath: "..data/topics")
        let program = try Program(folder.path, [:], "--watch")
        #expect(try program.get("/facts/boiling.json").body.contains("mountains"))
        try files.createSymbolicLink(atPath: data + "-new", withDestinationPath: "..2")
        #expect(unsafe rename(data + "-new", data) == 0)
        try program.awaitLog("serving new content")
        #expect(try program.get("/facts/boiling.json").body.contains("peak"))
        try folder.write("port: x\n", to: "server.yaml")
        #expect(try program.awaitLog("server.yaml").contains("\\\"x\\\" is no valid port"))
    }

    @Test func `settings that only a restart takes over are named, and others are taken over`() throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path)
        try folder.write("threads: 5\nlint_max_bytes: 10\npublic_url: https://tea.example\n", to: "server.yaml")
        program.signal(SIGHUP)
        #expect(try program.awaitLog("only a restart").contains("threads has changed"))
        #expect(try program.awaitLog("only a restart").contains("lint_max_bytes has changed"))
        try program.awaitLog("serving new content")
        #expect(try program.get("/explain")["Link"]?.contains("https://tea.example/explain") == true)
        #expect(try JSONObject(Array(program.get("/lint").body.utf8)).integer("max_bytes") == 1 << 20)
    }

    @Test func `whoever asks during a reload gets one more`() throws {
        let request = ReloadRequest()
        request.make()
        request.wait()
        for _ in 0..<50 { request.make() }
        request.wait()
        let isWaiting = Atomic(true)
        DispatchQueue.global().async {
            request.wait()
            isWaiting.store(false, ordering: .releasing)
        }
        // Fifty wishes were one: whoever waits again gets nothing before the next.
        for _ in 0..<100 { sched_yield() }
        let waits = isWaiting.load(ordering: .acquiring)
        #expect(waits)
        request.make()
        while isWaiting.load(ordering: .acquiring) { sched_yield() }
    }
}
