import TestSupport
import Testing

@testable import ExplainerKit

/// The shipped content, measured: each failure names its piece.
@Suite struct ContentTests {
    static let topic = Result { try Snapshot(ShippedConfig.files()).topic("quantization")! }
    let topic: Topic

    init() throws { topic = try Self.topic.get() }

    @Test func `has every audience, trigger and length, each with its own text`() {
        #expect(topic.audiences.map(\.id) == ["general", "student", "product-manager", "developer", "mixed"])
        #expect(topic.triggers.count == 5)
        #expect(topic.explainers.count == 75)
        #expect(Set(topic.explainers.map { TextRenderer().render($0) }).count == 75)
    }

    static let grades = ["general": 9.5, "student": 9.5, "product-manager": 11, "mixed": 11, "developer": 13]

    @Test func `meets every bar`() {
        for row in ContentReport(topic: topic).rows {
            let piece = "\(row.key.audience), \(row.key.trigger), \(row.key.length.rawValue)"
            let grade = Self.grades[row.key.audience] ?? 0
            #expect(row.misses.isEmpty, "\(piece): \(row.misses)")
            #expect(row.grade <= grade, "\(piece)")
            #expect(row.shared <= 0.5, "\(piece)")
            #expect(row.roles == ["pain-point", "central-analogy", "why-now", "whats-new", "closing-analogy"], "\(piece)")
            if row.key.length == .brief {
                #expect(row.words <= 120, "\(piece)")
            } else {
                #expect((300...700).contains(row.words), "\(piece)")
                #expect(row.facts >= 6, "\(piece)")
            }
        }
    }

    @Test func `puts the analogy before the label`() {
        for explainer in topic.explainers {
            let opening = explainer.sections[0].blocks.map { PlainText($0).text }.joined()
            for text in [explainer.title, explainer.summary, explainer.sections[0].heading, explainer.sections[1].heading, opening] {
                #expect(!text.lowercased().contains("quanti"), "\(explainer.origin.file)")
            }
        }
    }

    @Test func `names AWQ, GPTQ, GGUF and QLoRA in every standard piece`() {
        for explainer in topic.explainers where explainer.length != .brief {
            #expect(Set(explainer.methods.map(\.id)).isSuperset(of: ["awq", "gptq", "gguf", "qlora"]), "\(explainer.origin.file)")
        }
    }

    @Test func `lists three insights of 2024 and carries two different analogies`() {
        for explainer in topic.explainers where explainer.length != .brief {
            let news = explainer.sections[3].blocks.map { PlainText($0).text }.joined(separator: " ") + explainer.sections[3].heading
            #expect(news.contains("2024"), "\(explainer.origin.file)")
            let insights = explainer.sections[3].blocks.map { block in
                switch block.content {
                case .list(let items): items.count
                case .table(_, let rows): rows.count
                default: 0
                }
            }
            #expect(insights.contains(3), "\(explainer.origin.file)")
            #expect(Set(explainer.analogies.map(\.id)).count == 2, "\(explainer.origin.file)")
        }
    }

    @Test func `covers every figure of running text with a claim`() {
        for explainer in topic.explainers {
            for block in explainer.sections.flatMap(\.blocks) {
                let plain = PlainText(block)
                let points = Array(plain.text.unicodeScalars)
                for claim in plain.claims {
                    #expect(String(String.UnicodeScalarView(points[claim.start..<claim.end])) == claim.text, "\(explainer.origin.file)")
                    #expect(topic.fact(claim.fact)?.status.holds == true, "\(explainer.origin.file)")
                }
            }
        }
    }

    @Test func `has a catalogue of the promised size`() {
        #expect(topic.facts.count { $0.status.holds } >= 80)
        #expect(topic.facts.count { !$0.status.holds } >= 10)
        #expect(topic.sources.count >= 30)
        #expect(topic.analogies.count >= 10)
        let methods = Set(topic.methods.map(\.name))
        #expect(methods.isSuperset(of: ["GPTQ", "AWQ", "GGUF", "QLoRA", "LLM.int8()", "NF4", "k-quants", "EXL2", "SmoothQuant", "FP8"]))
    }

    @Test func `gives every figure conditions and every source a locator`() {
        for fact in topic.facts where fact.status.holds {
            #expect(fact.quantity == nil || fact.conditions.context != nil, "\(fact.id)")
            #expect(!topic.references(of: fact).isEmpty, "\(fact.id)")
            #expect(topic.references(of: fact).allSatisfy { !$0.locator.isEmpty }, "\(fact.id)")
        }
    }

    @Test func `asserts none of the claims that do not hold`() {
        for id in ["myth-awq-v2-release", "myth-awq-v2-chinese-qa", "myth-ios-18-ships-gguf", "myth-attention-more-sensitive"] {
            #expect(topic.fact(id)?.status.holds == false, "\(id)")
        }
    }
}
