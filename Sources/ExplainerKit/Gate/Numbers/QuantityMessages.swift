/// Words a finding from the templates of `rules/unverified-number.yaml`.
struct QuantityMessages: Sendable {
    private let messages: [String: String]
    private let helps: [String: String]
    private let names: [Feature: String]
    private let facts: [String: Fact]

    init(_ data: YAMLMapping, names: [Feature: String], facts: [String: Fact]) {
        func texts(_ key: String, _ keys: [String]) -> [String: String] {
            let entry = data.mapping(key, keys)
            return Dictionary(uniqueKeysWithValues: keys.map { ($0, entry?.text($0) ?? "") })
        }
        messages = texts("messages", ["unknown", "elsewhere", "other", "folklore", "subject"])
        helps = texts("helps", ["unknown", "elsewhere", "other", "folklore"])
        self.names = names
        self.facts = facts
    }

    func finding(
        _ verdict: QuantityMatcher.Verdict, match: String, subject: [Feature], rule: String, severity: Finding.Severity, range: Range<Int>
    ) -> Finding {
        // What a template may name and a verdict has not is left out.
        var values = ["match": match, "subject": "", "statement": "", "value": "", "reason": ""]
        let named = subject.map(name).uniqued().filter { !$0.isEmpty }
        if !named.isEmpty { values["subject"] = " " + fill(messages["subject"] ?? "", ["names": named.joined(separator: ", ")]) }
        var suggestions: [Finding.Suggestion] = []
        let key: String
        switch verdict {
        case .unknown: key = "unknown"
        case .elsewhere(let fact):
            key = "elsewhere"
            values["statement"] = fact.statement
            suggestions = [Finding.Suggestion(replacement: nil, fact: fact.id)]
        case .other(let near):
            key = "other"
            values["statement"] = near.first?.statement ?? ""
            values["value"] = near.first?.quantity?.display.first ?? ""
            suggestions = near.map { Finding.Suggestion(replacement: $0.quantity?.display.first, fact: $0.id) }
        case .folklore(let myth):
            key = "folklore"
            values["reason"] = myth.reason ?? ""
            let held = myth.instead.compactMap { facts[$0] }
            values["statement"] = held.first?.statement ?? ""
            suggestions = held.map { Finding.Suggestion(replacement: $0.quantity?.display.first, fact: $0.id) }
        }
        return Finding(
            rule: rule, severity: severity, range: range, message: fill(messages[key] ?? "", values), help: fill(helps[key] ?? "", values),
            suggestions: suggestions)
    }

    private func name(_ feature: Feature) -> String {
        guard feature.kind == .model else { return names[feature] ?? "" }
        let family = names[Feature(kind: .model, id: feature.id)] ?? ""
        let version = feature.version > 0 ? " \(number(Double(feature.version) / 100))" : ""
        let size = feature.size > 0 ? "\(family.isEmpty ? "" : " ")\(number(Double(feature.size) / 1000))B" : ""
        return family + version + size
    }

    private func number(_ value: Double) -> String { value == value.rounded() ? String(Int(value)) : String(value) }
}
