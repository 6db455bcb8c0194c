import ArgumentParser
import ExplainerKit
import Foundation

/// Time per byte over texts of growing size, cut from the topic's own explainers and the clean half of the corpus.
struct SpeedCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speed", abstract: "Time the gate: nanoseconds per byte from 1 KB to 1 MB, and a typical draft."
    )

    @Option(help: "The configuration folder.")
    var config = "config"

    @Option(help: "Write the largest text to this file, for other programs to be timed with.")
    var write: String?

    @Option(help: "Time this file instead, as plain text.")
    var file: String?

    @Option(help: "Rounds for each size; the median counts.")
    var rounds = 9

    func run() throws {
        let topic = try loadTopic(config)
        if let file {
            guard let bytes = FileManager.default.contents(atPath: file) else { throw ValidationError("\(file): no such file") }
            let time = median(of: rounds) { _ = topic.gate.lint(Array(bytes)) }
            return print("\(bytes.count) bytes in \(Self.text(time / 1e6)) ms: \(Self.text(Double(bytes.count) * 1e3 / time)) MB/s")
        }
        let prose = topic.explainers.filter { $0.length == .standard }.map { TextRenderer().render($0) }.joined(separator: "\n\n")
        let text = Array(repeatElement(prose, count: 1_000_000 / prose.utf8.count + 1).joined(separator: "\n\n").utf8)
        if let write { _ = FileManager.default.createFile(atPath: write, contents: Data(text.prefix(1_000_000))) }
        print("     bytes   ns/byte      MB/s        ms")
        var each: [Double] = []
        for size in [1_000, 2_000, 10_000, 100_000, 1_000_000] {
            let cut = Array(text.prefix(size))
            // Small texts are timed many at a time, and different ones, as a server would see them.
            let starts = stride(from: 0, to: min(400_000, text.count - size), by: max(size, 4_001)).map { $0 }
            let texts = size > 50_000 ? [cut] : starts.map { Array(text[$0..<$0 + size]) }
            let time = median(of: rounds) { for text in texts { _ = topic.gate.lint(text) } } / Double(texts.count)
            each.append(time / Double(size))
            print(
                "\(size)".leftPadded(to: 10), Self.text(time / Double(size)).leftPadded(to: 9),
                Self.text(Double(size) * 1e3 / time).leftPadded(to: 9),
                Self.text(time / 1e6).leftPadded(to: 9))
        }
        print("largest to smallest, per byte: \(Self.text((each.last ?? 0) / (each.first ?? 1)))")
    }

    private static func text(_ number: Double) -> String { String(format: "%.3f", number) }
}

/// Nanoseconds of processor time, the median of some rounds.
func median(of rounds: Int, _ work: () -> Void) -> Double {
    let times = (0..<rounds).map { _ in
        let start = clock()
        work()
        return Double(clock() - start) * 1e9 / Double(CLOCKS_PER_SEC)
    }
    return times.sorted()[rounds / 2]
}

/// The first topic of a configuration; its problems are printed if it is broken.
func loadTopic(_ config: String) throws -> Topic {
    do throws(LoadingErrors) {
        return try Snapshot(ConfigFiles(folder: config), judging: .rules).topics[0]
    } catch {
        for problem in error.problems where problem.severity == .error { print("\(problem.file):\(problem.line ?? 0): \(problem.message)") }
        throw ExitCode(2)
    }
}

extension String {
    fileprivate func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
