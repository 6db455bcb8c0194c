import ExplainerKit
import TestSupport
import Testing

/// The rules about whole pieces, on a small piece of which one part at a time is changed.
struct StructureCheckTests {
    private static let gate = Result { try Snapshot(ShippedConfig.files(), judging: .rules).topics[0].gate }

    @Test func `a piece with every part has no finding`() throws {
        #expect(try rules(Piece()) == [])
    }

    @Test func `the same piece passes as HTML and as plain text without headings`() throws {
        #expect(try rules(Piece().html, .html) == [])
        #expect(try rules(Piece().plain, .plain) == [])
    }

    @Test(arguments: [
        "Language models are among the most impressive achievements of our time. They write poems and explain physics to children.",
        "The history of artificial intelligence reaches back to the 1950s. Deep learning took off in 2012.",
        "This article gives an overview of how models are made smaller. It closes with some remarks on practice.",
        "What does it mean that a model has been made smaller? Let us look at the basics.",
    ])
    func `an opening without a deployment problem is found`(opening: String) throws {
        #expect(try rules(Piece(opening: opening)) == ["structure.opening-pain-point"])
    }

    @Test func `the name before the analogy is found, and marked`() throws {
        let piece = Piece(title: "Quantization for everybody")
        let finding = try #require(try findings(piece.markdown, .markdown).first)
        #expect(finding.rule == "structure.central-analogy")
        #expect(piece.markdown.utf8.dropFirst(finding.range.lowerBound).prefix(finding.range.count).elementsEqual("Quantization".utf8))
    }

    @Test(arguments: [
        "Each number is divided by a scale factor and rounded, so that the model fits on the laptop.\n\nThis is called quantization.",
        "A studio re-encodes a film, and the viewer notices nothing in the dark scenes.\n\nThe same is done to the numbers of a model. This is called quantization.",
        "It is like a suitcase, like a recipe, like a photo and like a sauce that has been boiled down, and then the model fits on the laptop.\n\nThis is called quantization.",
    ])
    func `no analogy, one without an outcome, or a row of them is found`(analogy: String) throws {
        #expect(try rules(Piece(analogy: analogy)) == ["structure.central-analogy"])
    }

    @Test func `enablers without anything named are found, and say which`() throws {
        let vague =
            "Hardware has become affordable. Models run on phones without a server. New versions arrive within days. The format is GGUF."
        #expect(try rules(Piece(enablers: vague)) == ["structure.enablers"])
        let two = "A used RTX 3060 runs an 8B model. New versions arrive within days on Hugging Face as GGUF files."
        let finding = try #require(try findings(Piece(enablers: two).markdown, .markdown).first)
        #expect(finding.message.contains("models at the edge"))
    }

    @Test func `each insight needs a technique, what it does and a result`() throws {
        let twoResults = Piece.insights.replacing(
            "QLoRA trains small adapters on a frozen model, and a 65B model can be adapted on one card", with: "QLoRA is the third")
        #expect(twoResults != Piece.insights)
        #expect(try rules(Piece(insights: twoResults)) == ["structure.insights-2024"])
    }

    @Test func `insights of another year are found`() throws {
        #expect(try rules(Piece(insightsHeading: "What we learned in 2021")) == ["structure.insights-2024"])
    }

    @Test(arguments: [
        "In summary, smaller models are cheaper and easier to run. Many methods exist, and more will follow.",
        "So remember the suitcase: the shirts are rolled, the jackets are squeezed, the case closes and the trip goes on.",
        "Buying a lottery ticket is much the same. You cross your fingers, the coin falls, and sometimes the dice are kind.",
    ])
    func `an end without a second analogy about intent is found`(closing: String) throws {
        #expect(try rules(Piece(closing: closing)) == ["structure.closing-analogy"])
    }

    @Test func `a method named only in code is not named`() throws {
        let piece = Piece(
            insights: Piece.insights.replacing("GPTQ corrects", with: "`GPTQ` corrects").replacing("Then", with: "SmoothQuant then"))
        let finding = try #require(try findings(piece.markdown, .markdown).first { $0.rule == "structure.named-methods" })
        #expect(finding.message.contains("GPTQ"))
    }

    @Test func `a section about something else is found where it stands`() throws {
        let cake =
            "Preheat the oven and line a loaf tin with paper. Beat the butter with the sugar, add the eggs one by one, and fold in the flour and the zest of two lemons. Bake the cake for forty minutes and spoon the syrup on top."
        let piece = Piece(extra: cake)
        let found = try findings(piece.markdown, .markdown)
        #expect(found.map(\.rule) == ["structure.cohesion"])
        #expect(String(decoding: Array(piece.markdown.utf8)[try #require(found.first).range], as: UTF8.self).hasPrefix("Preheat the oven"))
    }

    @Test func `notes and placeholders are found`() throws {
        #expect(try rules(Piece(extra: "TODO: numbers from the nightly run.")) == ["structure.cohesion"])
        let notes = "- used RTX 3060, 8B model, fine\n- iPhone, Llama 3.2 1B, no server needed\n- days, GGUF, Hugging Face, quick swaps\n"
        #expect(try rules(Piece(opening: notes, enablers: notes + notes + notes)).contains("structure.cohesion"))
    }

    @Test func `of a whole page only the article counts`() throws {
        let page =
            "<header><nav><a href=\"/\">Quantization</a></nav></header><main><article>\(Piece().html)</article><aside><h2>More</h2><p>All pages.</p></aside></main><footer>Imprint</footer>"
        #expect(try rules(page, .html) == [])
    }

    @Test func `a fragment is not asked for the parts of a piece`() throws {
        let gate = try Self.gate.get()
        let report = gate.lint(Array("The card holds the model.".utf8))
        #expect(!report.findings.contains { $0.rule.hasPrefix("structure.") })
    }

    @Test(arguments: ["x", "`code`", "2024", "# Title"])
    func `a finding of a text that is not empty has a range that is not empty`(text: String) throws {
        let found = try findings(text, .markdown)
        #expect(found.count >= 6)
        #expect(found.allSatisfy { !$0.range.isEmpty && $0.range.upperBound <= text.utf8.count })
    }

    @Test func `a long text of headings, years or comparisons is read at once`() throws {
        for line in ["# AWQ 2024\n\n", "In 2024 AWQ. ", "It is like a photo. ", "<article>", "- GPTQ: 2024\n"] {
            _ = try findings(String(repeating: line, count: 4000), .markdown)
        }
    }

    @Test func `the project's own pieces have every part`() throws {
        let topic = try Snapshot(ShippedConfig.files(), judging: .rules).topics[0]
        for explainer in topic.explainers where explainer.key.length != .brief {
            let text = TextRenderer().render(explainer)
            #expect(try rules(text, .plain) == [], "\(explainer.key)")
        }
    }

    // MARK: A piece

    private func findings(_ text: String, _ format: TextFormat) throws -> [Finding] {
        let report = try Self.gate.get().lint(Array(text.utf8), LintOptions(format: format, scope: .explainer))
        return report.findings.filter { $0.rule.hasPrefix("structure.") }
    }

    private func rules(_ text: String, _ format: TextFormat) throws -> [String] { try findings(text, format).map(\.rule) }

    private func rules(_ piece: Piece) throws -> [String] { try rules(piece.markdown, .markdown) }
}

/// A piece that has every part; a test changes one.
private struct Piece {
    var title = "A model for the laptop you own"
    var opening =
        "My laptop has 8 GB of memory, and the file of Llama 3 8B alone is twice that. The program closed itself before it wrote a word."
    var analogy =
        "To fly with a small suitcase, you roll the shirts and squeeze the air out of the jackets, and the case closes. The same is done to the numbers of a model: each gives up the digits it can spare, and the model fits on the laptop.\n\nThis is called quantization."
    var enablers =
        "Hardware that people own is enough: a used RTX 3060 runs an 8B model. Phones came next, and Llama 3.2 1B answers on an iPhone without a server. New models arrive within days, because Hugging Face has each of them as a GGUF file."
    var insightsHeading = "What we learned in 2024"
    var insights = Piece.insights
    var extra = ""
    var closing =
        "A cartographer who draws a pocket map decides what the walker needs. The crossings stay exact, the footpaths are left out. A good small model is made with the same care."

    static let insights = """
        - AWQ scales the weights that matter before it rounds, and Qwen2-7B lost 3.6 points on an exam.
        - GPTQ corrects each rounding error in the weights that follow. Then a 70B model keeps 97% of its score.
        - QLoRA trains small adapters on a frozen model, and a 65B model can be adapted on one card.
        """

    var markdown: String {
        "# \(title)\n\n\(opening)\n\n## The idea\n\n\(analogy)\n\n## Why now\n\n\(enablers)\n\n## \(insightsHeading)\n\n\(insights)\n\n"
            + (extra.isEmpty ? "" : "## And then\n\n\(extra)\n\n") + "## To end with\n\n\(closing)\n"
    }

    var html: String {
        let items = insights.split(separator: "\n").map { "<li>\($0.dropFirst(2))</li>" }.joined()
        let paragraphs = analogy.split(separator: "\n\n").map { "<p>\($0)</p>" }.joined()
        return
            "<h1>\(title)</h1><p>\(opening)</p><h2>The idea</h2>\(paragraphs)<h2>Why now</h2><p>\(enablers)</p><h2>\(insightsHeading)</h2><ul>\(items)</ul><h2>To end with</h2><p>\(closing)</p>"
    }

    var plain: String {
        "\(opening)\n\n\(analogy)\n\n\(enablers)\n\nIn 2024 we learned three things. "
            + insights.split(separator: "\n").map { $0.dropFirst(2) }.joined(separator: " ") + "\n\n\(closing)\n"
    }
}
