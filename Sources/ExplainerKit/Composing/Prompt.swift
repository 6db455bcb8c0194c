/// What a language model is told so that it can write a piece: the rules, the structure, the reader's needs and the facts.
package struct Prompt: Sendable, Equatable {
    /// What holds for whatever is written.
    package let system: String
    /// What is to be written now.
    package let user: String
    /// The facts that it hands over, in their order.
    package let facts: [String]

    /// Both messages as one text.
    package var text: String { "\(system)\n\n\(user)\n" }
}

/// The texts of a topic's prompts, with names in braces where the catalogue fills in.
package struct PromptFrame: Sendable, Equatable {
    package let system: String
    package let user: String
    let rule: String
    let structureRule: String
    let method: String
    let fact: String
    let wordings: String
    let caveat: String
    /// The most facts that a prompt hands over.
    package let maxFacts: Int
}

extension Topic {
    /// The prompt for one reader and one shape; nil where the topic has no frame for it.
    package func prompt(for audience: Audience, _ trigger: Trigger) -> Prompt? {
        guard let frame = promptFrame else { return nil }
        let facts = usableFacts(for: audience, trigger, atMost: frame.maxFacts)
        let sentenceRules = gate.rules.filter { !$0.isStructural }.map {
            fill(frame.rule, ["id": $0.id, "title": $0.title, "help": $0.help])
        }
        let structure = gate.rules.filter(\.isStructural).enumerated().map {
            fill(frame.structureRule, ["number": String($0 + 1), "id": $1.id, "title": $1.title, "help": $1.help])
        }
        let bar = bars.standard
        let named = bar.methods.compactMap { id in methods.first { $0.id == id } }.map {
            fill(frame.method, ["id": $0.id, "name": $0.name, "definition": $0.definition])
        }
        let phrase = trigger.phrase.prefix(1).uppercased() + trigger.phrase.dropFirst()
        let lines = facts.map { line(for: $0, frame) }
        var values: [String: String] = [:]
        values["title"] = title
        values["summary"] = summary
        values["audience"] = audience.name
        values["needs"] = audience.needs
        values["max_grade"] = JSON.number(audience.maxGrade).text
        values["trigger"] = phrase
        values["shape"] = trigger.description
        values["min_words"] = String(bar.minWords ?? 1)
        values["max_words"] = String(bar.maxWords ?? 700)
        values["min_facts"] = String(bar.minFacts ?? 1)
        values["rules"] = sentenceRules.joined(separator: "\n")
        values["structure"] = structure.joined(separator: "\n")
        values["methods"] = named.joined(separator: "\n")
        values["facts"] = lines.joined(separator: "\n")
        values["fact_count"] = String(facts.count)
        return Prompt(system: fill(frame.system, values), user: fill(frame.user, values), facts: facts.map(\.id))
    }

    /// Facts that hold: first what pieces for this reader and shape use, then what pieces for this reader use, then the others.
    private func usableFacts(for audience: Audience, _ trigger: Trigger, atMost limit: Int) -> [Fact] {
        func rank(_ fact: Fact) -> Int {
            let uses = uses(of: fact.id)
            if uses.contains(FactUse(audience: audience.id, trigger: trigger.id)) { return 0 }
            if uses.contains(where: { $0.audience == audience.id }) { return 1 }
            return uses.isEmpty ? 3 : 2
        }
        let ranked = facts.filter(\.status.holds).enumerated().map { (rank: rank($1), place: $0, fact: $1) }
        return ranked.sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }.prefix(limit).map(\.fact)
    }

    private func line(for fact: Fact, _ frame: PromptFrame) -> String {
        let display = fact.quantity?.display ?? []
        let quoted = display.prefix(4).map { "\"\($0)\"" }.joined(separator: ", ")
        return fill(
            frame.fact,
            [
                "id": fact.id, "statement": fact.statement,
                "wordings": display.isEmpty ? "" : " " + fill(frame.wordings, ["wordings": quoted]),
                "caveat": fact.caveat.map { " " + fill(frame.caveat, ["caveat": $0]) } ?? "",
            ]
        )
    }
}

extension Rule {
    /// Whether it asks for a part that a whole piece has to have.
    var isStructural: Bool { id.hasPrefix("structure.") }
}

extension PromptFrame {
    /// The names that each text may have in braces, by its key in the file.
    static let placeholders: [(key: String, names: [String])] = [
        ("system", messageNames), ("user", messageNames), ("rule", ["id", "title", "help"]),
        ("structure_rule", ["number", "id", "title", "help"]), ("method", ["id", "name", "definition"]),
        ("fact", ["id", "statement", "wordings", "caveat"]), ("wordings", ["wordings"]), ("caveat", ["caveat"]),
    ]

    private static let messageNames = [
        "title", "summary", "audience", "needs", "max_grade", "trigger", "shape", "min_words", "max_words", "min_facts", "rules",
        "structure", "methods", "facts", "fact_count",
    ]

    /// Reads the frame, and complains about names that nothing fills.
    init(_ entry: YAMLMapping) {
        for (key, names) in Self.placeholders {
            for match in (entry.optionalText(key) ?? "").matches(of: /\{([a-z_]+)\}/) where !names.contains(String(match.1)) {
                entry.error(key, unknown("name in braces", String(match.1), among: names))
            }
        }
        let limit = entry.integer("max_facts") ?? 120
        if limit < 1 { entry.error("max_facts", "\(limit) facts are none; a prompt hands over at least 1") }
        self.init(
            system: entry.text("system"), user: entry.text("user"), rule: entry.text("rule"), structureRule: entry.text("structure_rule"),
            method: entry.text("method"), fact: entry.text("fact"), wordings: entry.text("wordings"), caveat: entry.text("caveat"),
            maxFacts: limit
        )
    }

    static let keys = ["max_facts"] + placeholders.map(\.key)
}
