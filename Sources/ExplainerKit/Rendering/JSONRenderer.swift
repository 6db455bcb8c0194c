/// An explainer as JSON. The keys and their order are a contract.
package struct JSONRenderer: Sendable {
    private let topic: Topic
    private let digest: String

    /// - Parameter digest: of the snapshot that the topic belongs to.
    package init(topic: Topic, digest: String) {
        self.topic = topic
        self.digest = digest
    }

    /// - Parameters:
    ///   - phrase: what the caller asked for, or the trigger's own phrase.
    ///   - matched: how it was found: "exact", "phrase" or "default".
    package func render(_ explainer: Explainer, phrase: String? = nil, matched: String = "default") -> JSON {
        .object([
            ("topic", .string(explainer.topic)),
            ("audience", .object([("id", .string(explainer.audience.id)), ("name", .string(explainer.audience.name))])),
            (
                "trigger",
                .object([
                    ("id", .string(explainer.trigger.id)), ("phrase", .string(phrase ?? explainer.trigger.phrase)),
                    ("matched", .string(matched)),
                ])
            ),
            ("length", .string(explainer.length.rawValue)),
            ("title", .string(explainer.title)),
            ("summary", .string(explainer.summary)),
            ("language", .string(explainer.language)),
            ("words", .integer(explainer.measures.words)),
            ("reading_minutes", .integer(explainer.measures.readingMinutes)),
            ("reading_grade", .digits(oneDecimal(explainer.measures.grade))),
            ("sections", .array(explainer.sections.map { section($0, of: explainer) })),
            ("claims", .array(claims(of: explainer))),
            ("facts", .array(explainer.facts.map { $0.json(in: topic) })),
            ("sources", .array(explainer.sources.enumerated().map(source))),
            ("methods", .strings(explainer.methods.map(\.id))),
            ("analogies", .array(explainer.analogies.map(\.json))),
            ("snapshot", .string(digest)),
            ("links", links(of: explainer)),
        ])
    }

    private func section(_ section: Section, of explainer: Explainer) -> JSON {
        .object([
            ("role", .string(section.role)),
            ("heading", .string(section.heading)),
            (
                "blocks",
                .array(
                    section.blocks.map { block in
                        .object([
                            ("kind", .string(block.kind)),
                            ("caption", .optional(block.caption)),
                            ("detail", .bool(block.isDetail)),
                            ("text", .string(PlainText(block).text)),
                            ("markdown", .string(MarkdownRenderer().render(block, labels: explainer.labels))),
                            ("html", .string(HTMLRenderer().render(block, of: explainer, scope: nil))),
                            ("facts", .strings(block.facts)),
                            ("analogies", .strings(block.analogies)),
                        ])
                    }
                )
            ),
        ])
    }

    private func claims(of explainer: Explainer) -> [JSON] {
        explainer.sections.enumerated().flatMap { section, content in
            content.blocks.enumerated().flatMap { block, content in
                PlainText(content).claims.map { claim in
                    .object([
                        ("fact", .string(claim.fact)), ("section", .integer(section)), ("block", .integer(block)),
                        ("start", .integer(claim.start)),
                        ("end", .integer(claim.end)), ("text", .string(claim.text)),
                    ])
                }
            }
        }
    }

    private func source(_ index: Int, _ cited: CitedSource) -> JSON {
        guard case .object(let members) = cited.source.json else { return .null }
        return .object([("number", .integer(index + 1))] + members + [("locators", .strings(cited.locators))])
    }

    private func links(of explainer: Explainer) -> JSON {
        let query =
            "?audience=\(explainer.audience.id)&trigger=\(explainer.trigger.id)&length=\(explainer.length.rawValue)&topic=\(explainer.topic)"
        return .object([
            ("self", .string("/explain.json\(query)")),
            ("html", .string("/explain.html\(query)")),
            ("markdown", .string("/explain.md\(query)")),
            ("text", .string("/explain.txt\(query)")),
            ("facts", .string("/facts?used_in=\(explainer.audience.id)&topic=\(explainer.topic)")),
        ])
    }
}
