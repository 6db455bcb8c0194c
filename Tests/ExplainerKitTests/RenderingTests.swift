import TestSupport
import Testing

@testable import ExplainerKit

/// What comes out of composition, in every form.
@Suite struct RenderingTests {
    let topic: Topic

    init() throws { topic = try #require(Snapshot(SmallTopic.files).topic("tea")) }

    private func piece(_ trigger: String = "tea-by-analogy", _ length: Length = .standard) throws -> Explainer {
        try #require(topic.explainer(ExplainerKey(audience: "guest", trigger: trigger, length: length)))
    }

    @Test func `every claim's text stands where the claim says, in code points`() throws {
        for explainer in topic.explainers {
            for block in explainer.sections.flatMap(\.blocks) {
                let plain = PlainText(block)
                let points = Array(plain.text.unicodeScalars)
                for claim in plain.claims {
                    #expect(String(String.UnicodeScalarView(points[claim.start..<claim.end])) == claim.text)
                }
            }
        }
    }

    @Test func `text is wrapped at 80 columns and numbers its sources`() throws {
        let text = TextRenderer().render(try piece())
        #expect(text.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 80 || $0.contains("https://") })
        let unwrapped = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(unwrapped.contains("100 °C [1]"))
        #expect(unwrapped.contains("[1] Bureau of Heat: Table of Heat, 2001. row 1."))
        #expect(unwrapped.contains("[2] Kettle Press: The Book of <Tea> & Water, 1999. chapter 3, page 12; chapter 3."))
    }

    @Test func `a derived fact leads to the sources of what it is computed from`() throws {
        let text = TextRenderer().render(try piece()).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("20 degrees too hot [1][2]"))
    }

    @Test func `a trigger's shape adds tables, definitions and labels`() throws {
        let byAnalogy = try piece()
        let plain = try piece("make-tea")
        #expect(
            byAnalogy.sections[1].blocks.contains {
                $0.kind == "table" && PlainText($0).text.hasPrefix("In the bath | In the pot\nthe bather | the leaf")
            })
        #expect(PlainText(byAnalogy.sections[1].blocks.last!).text == "Where it ends: A leaf does not climb out again.")
        let glossary = try #require(plain.sections.last?.blocks.last)
        #expect(glossary.caption == "Words")
        #expect(PlainText(glossary).text.contains("leaf: A leaf is the dried part"))
        #expect(plain.methods.map(\.id) == ["steeping", "cold-brew"])
        #expect(TextRenderer().render(byAnalogy).contains("    More exactly: The guest measures with thermometer --celsius."))
    }

    @Test func `a table with figures names the source of each row where the shape asks for it`() throws {
        let table = try #require(try piece().sections[1].blocks.first { $0.kind == "table" && !$0.facts.isEmpty })
        #expect(PlainText(table).text == "what the guest does | at | Source\nboils | 100 degrees | Bureau of Heat, row 1")
    }

    @Test func `the full piece is the standard one with its evidence`() throws {
        let standard = try piece()
        let full = try piece("tea-by-analogy", .full)
        #expect(Array(full.sections[1].blocks.dropLast()) == standard.sections[1].blocks)
        let evidence = try #require(full.sections[1].blocks.last)
        #expect(evidence.caption == "Evidence")
        #expect(
            PlainText(evidence).text.contains(
                "100 °C | Water boils at 100 °C at sea level. | pure water at sea level | Bureau of Heat, row 1"))
    }

    @Test func `Markdown has footnotes and keeps markup out of text`() throws {
        let markdown = MarkdownRenderer(heading: 2).render(try piece())
        #expect(markdown.hasPrefix("## Tea for the guest\n\n### The cup is bitter\n"))
        #expect(markdown.contains("100 °C[^1]"))
        #expect(markdown.contains("[^2]: Kettle Press: The Book of \\<Tea\\> \\& Water, 1999."))
        #expect(markdown.contains("> More exactly: The guest measures with `thermometer --celsius`."))
        #expect(markdown.contains("| boils | 100 degrees | Bureau of Heat, row 1[^1] |"))
    }

    @Test(arguments: [
        ("Q4_K_M", "Q4_K_M"), ("_x_", "\\_x\\_"), ("2.5 GB", "2.5 GB"), ("1. x", "1\\. x"), ("a*b", "a\\*b"), ("- x", "\\- x"),
    ])
    func `Markdown text is escaped where it would be markup, and only there`(text: String, expected: String) throws {
        let explainer = try piece()
        #expect(MarkdownRenderer().render(Block(content: .paragraph([.text(text)])), labels: explainer.labels) == expected)
    }

    @Test func `a fragment is one article whose figures link to their facts`() throws {
        let html = HTMLRenderer(heading: 3, base: "https://explain.example").render(try piece())
        #expect(html.hasPrefix("<article class=\"explainer\""))
        #expect(html.contains("<h3 class=\"explainer-title\">") && html.contains("<h4 class=\"explainer-heading\">"))
        #expect(
            html.contains(
                "<a class=\"explainer-fact\" href=\"https://explain.example/facts/boiling\"><data value=\"100\">100 °C</data></a>"))
        #expect(html.contains("The Book of &lt;Tea&gt; &amp; Water"))
        #expect(html.contains("href=\"https://example.org/tea?a=1&amp;b=2\""))
        #expect(!html.contains("<script") && !html.contains("style="))
    }

    @Test func `JSON names every claim, fact and source`() throws {
        let explainer = try piece()
        let json = JSONRenderer(topic: topic, digest: "sha256:0").render(explainer, phrase: "by comparison", matched: "phrase")
        guard case .array(let claims) = json["claims"], case .array(let facts) = json["facts"] else { throw Missing() }
        #expect(claims.count == explainer.sections.flatMap(\.blocks).flatMap { PlainText($0).claims }.count)
        #expect(facts.map { $0["id"] } == ["boiling", "heat-gap", "green-tea-cooler", "green-water"].map { .string($0) })
        #expect(json["trigger"]?["matched"] == .string("phrase"))
        #expect(json["trigger"]?["phrase"] == .string("by comparison"))
        #expect(json["reading_minutes"] == .integer(1))
    }

    struct Missing: Error {}

    @Test(arguments: [("a\"b\\c\n<\u{1}é", "\"a\\\"b\\\\c\\n\\u003c\\u0001é\"")])
    func `JSON text is escaped, also for script elements`(text: String, expected: String) {
        #expect(JSON.string(text).text == expected)
    }

    @Test(arguments: [
        ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("=1+1", "'=1+1"), ("@x", "'@x"), ("-3.6", "-3.6"),
        ("-x", "'-x"),
        ("+1,2", "\"'+1,2\""), ("a\nb", "\"a\nb\""),
    ])
    func `CSV cells are quoted and are no formulas`(text: String, expected: String) {
        #expect(FactTables.cell(text) == expected)
    }

    @Test func `CSV has a header, a row a fact, and CRLF`() {
        let lines = FactTables(topic: topic).csv(topic.facts).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count == topic.facts.count + 2)
        #expect(lines[0].hasPrefix("id,statement,theme,status,value,lower,upper,unit,kind,baseline,"))
        #expect(lines[2].hasPrefix("green-water,Green tea is made with water of 80 °C.,heat,verified,80,75,85,celsius,amount,"))
    }

    @Test func `the feed has the newest change first`() {
        let feed = FactTables(topic: topic).atom(topic.facts, digest: "sha256:0")
        let ids = feed.split(separator: "<title>").dropFirst(2).map { $0.prefix { $0 != "<" } }
        #expect(ids == ["green-water", "boiling", "heat-gap", "myth-milk-first", "green-tea-cooler"])
    }

    @Test func `a fact's JSON keeps exact digits, bounds and what holds instead`() throws {
        let water = try #require(topic.fact("green-water")).json(in: topic)
        #expect(water["quantity"]?["value"] == .string("80"))
        #expect(water["quantity"]?["lower"] == .string("75"))
        #expect(
            water["quantity"]?["unit"]
                == .object([("code", .string("celsius")), ("symbol", .string("°C")), ("label", .string("degrees Celsius"))]))
        let myth = try #require(topic.fact("myth-milk-first")).json(in: topic)
        #expect(myth["instead"] == .strings(["green-tea-cooler"]))
        #expect(myth["reason"] == .string("Nobody could taste it."))
    }
}
