import ArgumentParser
import ExplainerKit
import TestSupport

/// Sends hostile texts through the gate: a crash ends the program, and what takes too long or points outside the text is reported.
struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Lint random and hostile texts; exits with 1 if a range is wrong or a text takes longer than the bound."
    )

    @Option(help: "The configuration folder.")
    var config = "config"

    @Option(help: "Texts to try.")
    var count = 20_000

    @Option(help: "Seed of the generator; the same seed makes the same texts.")
    var seed: UInt64 = 1

    @Option(help: "Nanoseconds that a byte may take, in texts of at least 64 KiB.")
    var bound = 2_000.0

    func run() throws {
        let gate = try loadTopic(config).gate
        var generator = HostileTexts(seed: seed)
        var failures = 0
        var bytes = 0
        var slowest = (time: 0.0, text: "")
        for index in 0..<count {
            let (name, text) = generator.text(big: index % 500 == 0)
            bytes += text.count
            for format in TextFormat.allCases {
                var report: LintReport?
                let time =
                    median(of: 1) { report = gate.lint(text, LintOptions(format: format, scope: .explainer)) } / Double(max(1, text.count))
                if text.count >= 65_536, time > slowest.time { slowest = (time, "\(name) as \(format), text \(index)") }
                if text.count >= 65_536, time > bound {
                    failures += 1
                    print("text \(index), \(name) as \(format): \(Int(time)) ns per byte over \(text.count) bytes")
                }
                for range in (report?.findings.map(\.range) ?? []) + (report?.sourced.map(\.range) ?? [])
                where range.isEmpty && !text.isEmpty || range.upperBound > text.count || !isBoundary(range.lowerBound, text)
                    || !isBoundary(range.upperBound, text)
                {
                    failures += 1
                    print("text \(index), \(name) as \(format): range \(range) of \(text.count) bytes")
                }
            }
        }
        print(
            "\(count) texts in \(TextFormat.allCases.count) formats, \(bytes) bytes; slowest: \(Int(slowest.time)) ns per byte, \(slowest.text)"
        )
        if failures > 0 { throw ExitCode(1) }
    }

    /// Whether a character begins at the place, or the text ends.
    private func isBoundary(_ index: Int, _ text: [UInt8]) -> Bool { index == text.count || text[index] & 0xC0 != 0x80 }
}

/// Texts as somebody would send them who wants the gate to fall over; valid UTF-8, because the gate's callers see to that.
struct HostileTexts {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(state: seed) }

    /// - Parameter big: about half a mebibyte instead of some kilobytes
    mutating func text(big: Bool) -> (name: String, text: [UInt8]) {
        let size = big ? 500_000 : Int.random(in: 0...3_000, using: &generator)
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: return ("random bytes", repaired((0..<size).map { _ in UInt8.random(in: 0...255, using: &generator) }))
        case 1:
            let piece = Self.pieces.randomElement(using: &generator) ?? ""
            return ("\"\(piece)\" again and again", Array(repeatElement(piece, count: size / max(1, piece.utf8.count)).joined().utf8))
        case 2:
            let piece = Self.pieces.randomElement(using: &generator) ?? ""
            let other = Self.pieces.randomElement(using: &generator) ?? ""
            let half = size / max(1, piece.utf8.count + other.utf8.count)
            return (
                "\"\(piece)\", then \"\(other)\"",
                Array((String(repeating: piece, count: half) + String(repeating: other, count: half)).utf8)
            )
        case 3: return ("one line of words", Array(words(size, " ").utf8))
        case 4: return ("words and marks", Array(words(size, nil).utf8))
        default:
            var scalars = String.UnicodeScalarView()
            for _ in 0..<size / 3 { scalars.append(Unicode.Scalar(UInt32.random(in: 0..<0xD800, using: &generator)) ?? " ") }
            return ("random characters", Array(String(scalars).utf8))
        }
    }

    private mutating func words(_ size: Int, _ separator: String?) -> String {
        var text = ""
        while text.utf8.count < size {
            text += Self.words.randomElement(using: &generator) ?? ""
            text += separator ?? Self.pieces.randomElement(using: &generator) ?? ""
        }
        return text
    }

    private func repaired(_ bytes: [UInt8]) -> [UInt8] { Array(String(decoding: bytes, as: UTF8.self).utf8) }

    private static let pieces = [
        "*", "_", "**", "`", "``", "~~~\n", "```\n", "[", "]", "](", "![", "<", ">", "<!--", "-->", "<b>", "</b>", "<a href=\"", "<div>",
        "<p>", "&",
        "&amp;", "&#x", ";", "\\", "|", "\n", "\r\n", "\n\n", "> ", "- ", "1. ", "    ", "\t", "#", "===\n", "---\n", "$", "$$", "\"", "'",
        "(", ")",
        "\u{00AD}", "\u{200B}", "\u{0301}", "é", "е", "𝐊", "½", "٣", "😀", "4", "4.", "4,", "4/", "4-", "75%", " 75% less memory", "http://",
        "a@b.c", "a@",
        "[^1]", "[^1]: ", "<code>", "<pre>", "<script>", "]]>", "<![CDATA[", "{", "}", "e.g. ", "KL ", "no ", ", ", " & ", "the ", "…",
        "--", "—",
    ]

    private static let words = [
        "KL", "divergence", "tensor", "cores", "Meet", "Alice", "always", "validate", "magic", "half", "three", "quarters", "75", "%", "GB",
        "4-bit", "INT4", "is",
        "not", "never", "faster", "than", "one", "day", "the", "model", "Qwen2-7B", "memory", "twice", "as", "from", "to", "and", "or",
        "will", "future",
    ]
}
