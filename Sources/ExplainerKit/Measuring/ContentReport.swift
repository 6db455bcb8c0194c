/// What is measured of every piece of a topic, beside the bars it has to clear.
package struct ContentReport: Sendable {
    package let rows: [Row]

    package struct Row: Sendable {
        package let key: ExplainerKey
        package let origin: Origin
        package let words: Int
        package let grade: Double
        package let facts: Int
        package let sources: Int
        /// Largest share of sentences that also stand in another audience's piece of the same trigger and length.
        package let shared: Double
        package let roles: [String]
        /// What is missed, in words; empty if every bar is met.
        package let misses: [String]
    }

    package init(topic: Topic) {
        rows = topic.explainers.map { explainer in
            let shared = Self.shared(explainer, in: topic)
            return Row(
                key: explainer.key, origin: explainer.origin, words: explainer.measures.words, grade: explainer.measures.grade,
                facts: explainer.facts.count, sources: explainer.sources.count, shared: shared, roles: explainer.sections.map(\.role),
                misses: Self.misses(explainer, shared: shared, in: topic)
            )
        }
    }

    private static func shared(_ explainer: Explainer, in topic: Topic) -> Double {
        let own = Set(explainer.measures.sentences)
        guard !own.isEmpty else { return 0 }
        let others = topic.audiences.filter { $0.id != explainer.audience.id }.compactMap { audience in
            topic.explainer(ExplainerKey(audience: audience.id, trigger: explainer.trigger.id, length: explainer.length))
        }
        return others.map { Double(own.intersection($0.measures.sentences).count) / Double(own.count) }.max() ?? 0
    }

    private static func misses(_ explainer: Explainer, shared: Double, in topic: Topic) -> [String] {
        var misses: [String] = []
        let bars = explainer.length == .brief ? topic.bars.brief : topic.bars.standard
        let measures = explainer.measures
        let piece = "\(explainer.audience.id), \(explainer.trigger.id), \(explainer.length.rawValue)"
        func miss(_ text: String) { misses.append("\(piece): \(text)") }
        if let least = bars.minWords, measures.words < least { miss("\(measures.words) words; at least \(least) are asked for") }
        if let most = bars.maxWords, measures.words > most { miss("\(measures.words) words; at most \(most) are allowed") }
        if let least = bars.minFacts, explainer.facts.count < least {
            miss("uses \(explainer.facts.count) facts; at least \(least) are asked for")
        }
        for id in bars.methods where !explainer.methods.contains(where: { $0.id == id }) { miss("does not name the method \"\(id)\"") }
        if measures.grade > explainer.audience.maxGrade {
            miss(
                "reading grade \(oneDecimal(measures.grade)); at most \(oneDecimal(explainer.audience.maxGrade)) for \(explainer.audience.id)"
            )
        }
        if shared > topic.bars.sharedSentences {
            miss(
                "shares \(Int((shared * 100).rounded()))% of its sentences with another audience; at most \(Int(topic.bars.sharedSentences * 100))%"
            )
        }
        return misses
    }

    /// The rows as aligned columns.
    package var table: String {
        let header = ["audience", "trigger", "length", "words", "grade", "facts", "sources", "shared", "roles", "bars"]
        let cells = rows.map { row in
            [
                row.key.audience, row.key.trigger, row.key.length.rawValue, "\(row.words)", oneDecimal(row.grade), "\(row.facts)",
                "\(row.sources)", "\(Int((row.shared * 100).rounded()))%", "\(row.roles.count)", row.misses.isEmpty ? "met" : "MISSED",
            ]
        }
        let widths = header.indices.map { column in ([header] + cells).map { $0[column].count }.max() ?? 0 }
        return ([header] + cells).map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ").trimmed
        }.joined(separator: "\n")
    }
}

/// "8.9": one place behind the point.
package func oneDecimal(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths < 0 ? "-" : "")\(abs(tenths) / 10).\(abs(tenths) % 10)"
}
