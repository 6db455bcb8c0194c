import Foundation
import Testing

@testable import ExplainServer

@Suite struct JudgedConfigurationsTests {
    /// A folder that is not there yet, for the length of `body`.
    private func withFolder(_ body: (String) throws -> Void) rethrows {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.appendingPathComponent("cache").path)
    }

    private func judged(_ folder: String?, _ environment: [String: String] = [:], program: String? = "1") -> JudgedConfigurations {
        JudgedConfigurations(folder: folder, environment: environment, program: program)
    }

    @Test func `what was found good is known to the next start of the same build, and to no other`() {
        withFolder { folder in
            #expect(!judged(folder).contains("sha256:a"))
            judged(folder).add("sha256:a")
            #expect(judged(folder).contains("sha256:a"))
            #expect(!judged(folder).contains("sha256:b"))
            #expect(!judged(folder, program: "2").contains("sha256:a"))
        }
    }

    @Test func `the place is that of caches`() {
        withFolder { folder in
            judged(nil, ["CACHE_DIRECTORY": "\(folder)/service", "HOME": "\(folder)/home"]).add("sha256:a")
            judged(nil, ["XDG_CACHE_HOME": "\(folder)/caches", "HOME": "\(folder)/home"]).add("sha256:b")
            judged(nil, ["HOME": "\(folder)/home"]).add("sha256:c")
            #expect(judged("\(folder)/service").contains("sha256:a"))
            #expect(judged("\(folder)/caches/explain-server").contains("sha256:b"))
            #expect(judged("\(folder)/home/.cache/explain-server").contains("sha256:c"))
        }
    }

    @Test func `where nothing can be kept, nothing is known`() {
        for judged in [judged(""), judged(nil), judged("/dev/null/cache"), judged("/tmp", program: nil)] {
            judged.add("sha256:a")
            #expect(!judged.contains("sha256:a"))
        }
    }

    @Test func `only the latest are kept`() {
        withFolder { folder in
            for number in 1...33 { judged(folder).add("sha256:\(number)") }
            #expect(!judged(folder).contains("sha256:1"))
            #expect((2...33).allSatisfy { judged(folder).contains("sha256:\($0)") })
        }
    }
}
