import ArgumentParser
import ExplainerKit
import Foundation

/// How loading, a filtered query and a check grow with the number of facts.
struct ScaleCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scale", abstract: "Time loading, filtered queries and checks with growing numbers of made-up facts."
    )

    @Option(help: "The configuration folder, to which the facts are added.")
    var config = "config"

    @Option(help: "Numbers of facts, with commas between them.")
    var sizes = "100,1000,10000,100000"

    @Option(help: "Rounds for each time; the median counts.")
    var rounds = 5

    func run() throws {
        let shipped = try ConfigFiles(folder: config)
        let prose = try loadTopic(config).explainers.filter { $0.length == .standard }.map { TextRenderer().render($0) }
        let text = Array(prose.joined(separator: "\n\n").utf8.prefix(50_000))
        print("     facts  load ms  load µs/fact  gate ms  query µs  facets µs  lint ns/byte  resident MiB")
        for size in sizes.split(separator: ",").compactMap({ Int($0) }) {
            var files = shipped
            files.texts["topics/quantization/facts/made-up.yaml"] = Self.facts(size)
            let start = clock()
            let topic = try Snapshot(files, judging: .nothing).topics[0]
            let load = Self.milliseconds(since: start)
            let gateStart = clock()
            let gate = topic.gate
            let compile = Self.milliseconds(since: gateStart)
            var query = FactQuery()
            query.filters = [.theme: ["speed"], .year: ["2023", "2024"]]
            query.words = ["batch", "77"]
            query.sort = .value
            query.limit = 20
            _ = try query.run(on: topic)
            let plain = median(of: rounds) { for _ in 0..<100 { _ = try? query.run(on: topic) } } / 100
            query.words = []
            query.facets = FactQuery.Filter.allCases
            let faceted = median(of: rounds) { for _ in 0..<10 { _ = try? query.run(on: topic) } } / 10
            let lint = median(of: rounds) { _ = gate.lint(text) } / Double(text.count)
            print(
                String(
                    format: "%10d %8.0f %13.1f %8.0f %9.1f %10.1f %13.0f %13.0f", topic.facts.count, load,
                    load * 1000 / Double(topic.facts.count),
                    compile, plain / 1000, faceted / 1000, lint, Self.residentMebibytes))
        }
    }

    private static func milliseconds(since start: clock_t) -> Double { Double(clock() - start) * 1000 / Double(CLOCKS_PER_SEC) }

    private static var residentMebibytes: Double {
        let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8))?.split(separator: " ") ?? []
        return fields.count > 1 ? (Double(fields[1]) ?? 0) * 4096 / 1_048_576 : 0
    }

    /// Facts that differ in figure, model, year and words, under a source that the shipped topic has.
    private static func facts(_ count: Int) -> String {
        let themes = ["memory", "speed", "accuracy", "edge"]
        return (0..<count).map { number in
            let figure = "\(10 + number % 9000).\(number % 10)"
            return """
                - id: made-up-\(number)
                  statement: "In run \(number), Model-\(number % 500) answered batch \(number % 100) with \(figure) GB in use."
                  theme: \(themes[number % themes.count])
                  status: verified
                  quantity: {value: \(figure), unit: GB, kind: amount, display: ["\(figure) GB"]}
                  conditions: {model: [Model-\(number % 500)], bits: \([2, 3, 4, 8][number % 4]), context: "run \(number)"}
                  year: \(2020 + number % 6)
                  basis: measured
                  sources: [{id: gptq-readme, locator: "row \(number)"}]
                  updated: 2026-11-23

                """
        }.joined()
    }
}
