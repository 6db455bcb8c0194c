import Testing

@testable import ExplainerKit

/// What the rule on numbers tells the writer.
@Suite struct QuantityRuleTests {
    static let shipped = Result { try ShippedQuantities() }
    let shipped: ShippedQuantities

    init() throws { shipped = try Self.shipped.get() }

    private func matches(_ text: String) -> [String] {
        let report = shipped.check(text)
        return report.findings.map { report.text($0.range) }
    }

    @Test(arguments: [
        ("It keeps 88% of the quality.", ["88%"]),
        ("It is about three-quarters cheaper.", ["three-quarters"]),
        ("A card costs $1,600 today.", ["$1,600"]),
        ("It reads 12 tokens/s at 65 °C.", ["12 tokens/s", "65 °C"]),
        ("The bill is between 5 and 10 euros.", ["5 and 10 euros"]),
        ("It halves the wait.", ["halves"]),
        ("One in five answers is off.", ["One in five"]),
        ("The gain was 4x, by a factor of six.", ["4x", "six"]),
        ("Hundreds of teams use it.", ["Hundreds of"]),
        ("Füllstand: 7 GB übrig.", ["7 GB"]),
    ])
    func `covers the quantity and nothing else`(text: String, expected: [String]) {
        #expect(matches(text) == expected)
    }

    @Test(arguments: [
        "On 24 October 2024 version 2.5.1 came out.", "Qwen2-7B and Llama 3.1 8B run on an RTX 4090.",
        "A 4-bit model is smaller than a 16-bit one.",
        "There are three reasons, and the second one is speed.", "See Table 3, step 4 and [12].", "It answers 404 on port 8080, 24/7.",
        "Run the test twice.", "A third option is to wait.", "The A100 80GB is a server card.",
    ])
    func `passes over names, years, labels and counts`(text: String) {
        #expect(matches(text) == [])
    }

    @Test func `tells GB from GiB`() {
        #expect(matches("The Q4_K_M file of Llama-3.1-8B is 4.58 GiB.") == [])
        #expect(matches("The Q4_K_M file of Llama-3.1-8B is 4.58 GB.") == ["4.58 GB"])
        #expect(matches("The Q4_K_M file of Llama-3.1-8B is 4.92 GB.") == [])
    }

    @Test func `takes what follows from a fact as held`() {
        #expect(matches("The Q4_K_M file of Llama-3.1-8B has 30.6% of the size of the F16 file.") == [])
        #expect(matches("An INT8 format keeps each weight in one byte.") == [])
    }

    @Test func `finds a right figure for another subject`() {
        #expect(matches("Qwen2-1.5B lost 5.7 points on C-Eval with AWQ.") == [])
        #expect(matches("Qwen2-7B lost 5.7 points on C-Eval with AWQ.") == ["5.7 points"])
        #expect(matches("Qwen2-1.5B gained 5.7 points on C-Eval with AWQ.") == ["5.7 points"])
        #expect(matches("Qwen2-1.5B lost 5.7 points on MMLU with AWQ.") == ["5.7 points"])
    }

    @Test func `tells what the weights take from what a running model needs`() {
        #expect(matches("Going from 16 to 4 bits cuts the space for the weights by 75%.") == [])
        #expect(matches("Going from 16 to 4 bits cuts the GPU memory by 75%.") == ["75%"])
    }

    @Test func `remembers the subject from sentence to sentence`() {
        #expect(matches("We tried Llama-3.1-8B as a GGUF file. In Q4_K_M it is about 4.6 GiB.") == [])
        #expect(matches("We tried it as a GGUF file. In Q4_K_M it is about 4.6 GiB.") == ["4.6 GiB"])
    }

    @Test func `reads the subject of a cell in the cells beside it`() {
        let table =
            "| Model | Memory |\n|---|---|\n| Qwen2-7B-Instruct, GPU memory, AWQ | 5.93 GB |\n| Qwen2-7B-Instruct, GPU memory, AWQ | 7.93 GB |"
        let report = shipped.check(table, as: .markdown)
        #expect(report.findings.map { report.text($0.range) } == ["7.93 GB"])
        #expect(report.sourced.map(\.fact) == ["qwen2-7b-memory-awq"])
    }

    @Test func `reads code as a name, and never as a claim`() {
        let report = shipped.check("Llama-3.1-8B as `Q4_K_M` is a file of 4.58 GiB; add `--size 75%`.", as: .markdown)
        #expect(report.findings.isEmpty)
        #expect(report.sourced.map(\.fact) == ["llama31-8b-file-q4-k-m"])
    }

    @Test func `explains folklore and names what holds instead`() throws {
        let finding = try #require(shipped.check("INT4 cuts VRAM by 75%.").findings.first)
        let myth = try #require(shipped.topic.fact("myth-int4-75-percent-less-vram"))
        #expect(finding.message.contains(try #require(myth.reason)))
        #expect(finding.suggestions.map(\.fact) == myth.instead)
        #expect(finding.suggestions.first?.replacement == "75%")
    }

    @Test func `suggests the figure that the catalogue has for the subject`() throws {
        let finding = try #require(shipped.check("AWQ cost Qwen2-7B-Instruct 9.6 points on C-Eval.").findings.first)
        #expect(finding.suggestions.first == Finding.Suggestion(replacement: "3.6 points", fact: "qwen2-7b-ceval-awq-change"))
    }

    @Test func `counts what passed and what did not`() {
        let report = shipped.check("Qwen2-1.5B lost 5.7 points on C-Eval with AWQ, and 88% of the fun.")
        #expect(report.numbers == 2)
        #expect(report.findings.count == 1)
        #expect(report.sourced.map { report.text($0.range) } == ["5.7 points"])
    }

    @Test(arguments: ["75% ", "4 to ", "1/", "a hundred and ", "RTX 4090 ", "(1, ", "Qwen2-7B lost 5.7 points, ", "$", "half a ", "1 000 "])
    func `gets through text that repeats itself`(part: String) {
        let text = String(repeating: part, count: 2000)
        let report = shipped.check(text)
        #expect(report.findings.allSatisfy { $0.range.upperBound <= text.utf8.count })
    }
}
