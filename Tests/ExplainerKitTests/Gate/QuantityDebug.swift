import Foundation
import Testing

@testable import ExplainerKit

@Suite struct QuantityDebug {
    @Test func run() throws {
        guard let lines = try? String(contentsOfFile: "/tmp/n.debug.txt", encoding: .utf8) else { return }
        let shipped = try ShippedQuantities()
        for line in lines.split(separator: "\n") {
            print("LINE \(line)")
            shipped.gate.explainQuantities(Array(line.utf8), failing: false)
        }
        print("PIECES")
        for explainer in shipped.topic.explainers where explainer.key.length != .full {
            let text = TextRenderer().render(explainer).prose
            shipped.gate.explainQuantities(Array(text.utf8), failing: true)
        }
    }
}

@Suite struct QuantityProse {
    @Test func prose() throws {
        guard let path = ProcessInfo.processInfo.environment["N_PROSE"] else { return }
        let shipped = try ShippedQuantities()
        for file in path.split(separator: ":") {
            let text = try String(contentsOfFile: String(file), encoding: .utf8)
            let start = ContinuousClock.now
            let report = shipped.check(text)
            print("FILE \(file) \(text.utf8.count) bytes, \(report.findings.count) of \(report.numbers), \(ContinuousClock.now - start)")
            for finding in report.findings.prefix(200) { print("PROSE \(report.around(finding.range))") }
        }
    }
}
