import Foundation
import TestSupport
import Testing

@testable import ExplainServer

/// The end of a process, as a load balancer and a supervisor see it.
@Suite(.timeLimit(.minutes(2))) struct DrainTests {
    @Test(arguments: [SIGTERM, SIGINT])
    func `asks to be left alone while it still accepts, then ends with 0`(signal: Int32) throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path, ["EXPLAIN_DRAIN_DELAY_SECONDS": "2"])
        let client = try WireClient(port: program.port)
        #expect(try program.get("/readyz", on: client).status == 200)
        program.signal(signal)
        try program.awaitLog("stopping")
        // A connection that was there before, and one that is made now.
        let old = try program.get("/readyz", on: client)
        #expect(old.status == 503 && old.body == "draining\n" && old["Connection"] == "close")
        #expect(old["Cache-Control"] == "no-store" && old["Retry-After"] == nil)
        let new = try program.get("/readyz.json")
        #expect(new.status == 503)
        #expect(try JSONObject(Array(new.body.utf8)).string("status") == "draining")
        #expect(try program.get("/explain").status == 200)
        #expect(try program.get("/healthz").status == 200)
        #expect(program.remainder().contains("stopped"))
        #expect(program.process.terminationReason == .exit && program.process.terminationStatus == 0)
        #expect(throws: WireClient.Failure.self) { try WireClient(port: program.port) }
    }

    @Test(arguments: [(SIGTERM, 143), (SIGINT, 130)] as [(Int32, Int32)])
    func `told twice, it ends at once`(signal: Int32, status: Int32) throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path, ["EXPLAIN_DRAIN_DELAY_SECONDS": "3600"])
        program.signal(SIGTERM)
        try program.awaitLog("stopping")
        // A reload is of no use any more, and no reason to end.
        program.signal(SIGHUP)
        program.signal(signal)
        #expect(program.remainder().contains("told twice"))
        #expect(program.process.terminationReason == .exit && program.process.terminationStatus == status)
    }

    @Test func `an answer that has begun is finished, and its connection closed`() throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path)
        // A body that is still coming when the signal does; the 100 says that its head has been read.
        let client = try WireClient(port: program.port)
        client.send(
            "POST /lint HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 4\r\nExpect: 100-continue\r\n\r\n")
        #expect(try client.answer().status == 100)
        client.send("Te")
        program.signal(SIGTERM)
        try program.awaitLog("stopping; 1 requests in flight")
        client.send("a.")
        let answer = try client.remainder()
        #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("Connection: close"), "\(answer)")
        #expect(program.remainder().contains("stopped"))
        #expect(program.process.terminationStatus == 0)
    }
}
