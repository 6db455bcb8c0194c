/// Reads facts and checks what can be checked of one: its words, its references, its arithmetic.
struct FactReader {
    let log: ProblemLog
    let vocabulary: VocabularyReader
    let themes: [String]
    let units: [Unit]
    let sources: Set<String>
    let methods: Set<String>

    static let keys = [
        "id", "statement", "theme", "status", "quantity", "conditions", "year", "basis", "formula", "derived_from", "sources", "caveat",
        "reason", "instead", "cues", "updated",
    ]

    func fact(_ entry: YAMLMapping) -> Fact? {
        let theme = entry.text("theme")
        if !theme.isEmpty, !themes.isEmpty, !themes.contains(theme) { entry.error("theme", unknown("theme", theme, among: themes)) }
        // Everything is read before anything is given up, so that one load names all that is wrong.
        let status = entry.choice("status", Fact.Status.self)
        let year = vocabulary.year(of: entry)
        let quantity = entry.mapping("quantity", ["value", "lower", "upper", "unit", "kind", "baseline", "display"]).flatMap(self.quantity)
        let conditions = self.conditions(entry.mapping("conditions", ["method", "model", "hardware", "bits", "context"]))
        let references = vocabulary.references(entry, sources: sources)
        guard let status, let year, quantity != nil || !entry.has("quantity") else { return nil }
        let fact = Fact(
            id: entry.identifier(), statement: entry.text("statement"), theme: theme, status: status,
            quantity: quantity, conditions: conditions,
            year: year, basis: status.holds || entry.has("basis") ? entry.choice("basis", Fact.Basis.self) : nil,
            formula: entry.optionalText("formula"), derivedFrom: entry.texts("derived_from"),
            sources: references, caveat: entry.optionalText("caveat"),
            reason: entry.optionalText("reason"), instead: entry.texts("instead"), cues: entry.texts("cues"),
            updated: entry.day("updated"), origin: entry.origin
        )
        checkStatus(fact, entry)
        return fact
    }

    private func quantity(_ entry: YAMLMapping) -> Quantity? {
        let code = entry.text("unit")
        guard let unit = units.first(where: { $0.code == code }) else {
            // Without any unit, the file that lists them is the problem.
            if !code.isEmpty, !units.isEmpty { entry.error("unit", unknown("unit", code, among: units.map(\.code))) }
            return nil
        }
        let display = entry.texts("display")
        if display.isEmpty { entry.error("display", "a quantity needs \"display\": the wordings that count as it") }
        guard let value = entry.decimal("value"), let kind = entry.choice("kind", Quantity.Kind.self) else {
            if !entry.has("value") { entry.error("value", "\"value\" is missing") }
            return nil
        }
        if kind.isComparison, !entry.has("baseline") {
            entry.error("kind", "a \(kind.rawValue) needs a \"baseline\": what it is compared with, in words")
        }
        let lower = entry.decimal("lower")
        let upper = entry.decimal("upper")
        if (lower == nil) != (upper == nil) { entry.error("lower", "\"lower\" and \"upper\" go together; give both or neither") }
        if let lower, lower.number > value.number { entry.error("lower", "lower \(lower.text) is greater than value \(value.text)") }
        if let upper, upper.number < value.number { entry.error("upper", "upper \(upper.text) is less than value \(value.text)") }
        for wording in display where !isHonest(wording, [value, lower, upper].compactMap(\.self)) {
            entry.error("display", "\"\(wording)\" is no wording of \(value.text): its figure is another one")
        }
        return Quantity(
            value: value, lower: lower, upper: upper, unit: unit, kind: kind, baseline: entry.optionalText("baseline"), display: display
        )
    }

    /// Whether a wording's figures include one that rounds the value or a bound, within a tenth; the sign is the verb's.
    ///
    /// What is spelled out ("two 24 GB GPUs") is not read.
    private func isHonest(_ wording: String, _ values: [Decimal]) -> Bool {
        let words = wording.lowercased().replacing(",", with: "").split(separator: " ")
        if let first = words.first, LiteralQuantity.numbers.contains(first) { return true }
        let figures = words.compactMap { Double($0.prefix { $0.isNumber || $0 == "." }) }
        return figures.isEmpty
            || figures.contains { figure in values.contains { abs(figure - abs($0.number)) <= max(0.1 * abs($0.number), 0.05) } }
    }

    private func conditions(_ entry: YAMLMapping?) -> Conditions {
        for method in entry?.locatedTexts("method") ?? [] where !methods.contains(method.value) && !methods.isEmpty {
            log.error(entry?.origin.file ?? "", method.line, unknown("method", method.value, among: methods.sorted()))
        }
        return Conditions(
            methods: entry?.texts("method") ?? [], models: entry?.texts("model") ?? [], hardware: entry?.texts("hardware") ?? [],
            bits: entry?.decimal("bits"), context: entry?.optionalText("context")
        )
    }

    /// What a status asks for.
    private func checkStatus(_ fact: Fact, _ entry: YAMLMapping) {
        if fact.quantity != nil, fact.status.holds, fact.conditions.context == nil {
            entry.error("conditions", "a quantity needs conditions with a \"context\": what is counted, and how")
        }
        switch fact.status {
        case .verified where fact.sources.isEmpty:
            entry.error("sources", "a verified fact needs at least one source with a locator")
        case .derived:
            if fact.formula == nil { entry.error("formula", "a derived fact needs a \"formula\"") }
            if fact.derivedFrom.isEmpty {
                entry.error("derived_from", "a derived fact needs \"derived_from\": the facts it is computed from")
            }
        case .refuted, .unsupported:
            if fact.reason == nil { entry.error("reason", "a \(fact.status.rawValue) fact needs a \"reason\"") }
            if fact.instead.isEmpty {
                entry.error("instead", "a \(fact.status.rawValue) fact needs \"instead\": facts that hold in its place")
            }
        case .verified: break
        }
        if fact.status != .derived, fact.formula != nil || !fact.derivedFrom.isEmpty {
            entry.error("formula", "only a derived fact has \"formula\" and \"derived_from\"")
        }
        if fact.status.holds, fact.reason != nil || !fact.instead.isEmpty || !fact.cues.isEmpty {
            entry.error("reason", "only a refuted or unsupported fact has \"reason\", \"instead\" and \"cues\"")
        }
    }
}

/// Checks facts against each other: references, and the arithmetic of derived facts.
struct FactCrossCheck {
    let log: ProblemLog
    let facts: [String: Fact]

    func check(_ fact: Fact) {
        for id in fact.derivedFrom + fact.instead {
            guard let other = facts[id] else {
                log.error(fact.origin, "\(fact.id): \(unknown("fact", id, among: facts.keys.sorted()))")
                continue
            }
            if !other.status.holds {
                log.error(fact.origin, "\(fact.id): \"\(id)\" is \(other.status.rawValue); only verified and derived facts can stand here")
            }
        }
        checkFormula(fact)
        checkSources(fact)
    }

    /// A derived fact without sources of its own has to lead to some.
    private func checkSources(_ fact: Fact) {
        var seen: Set<String> = []
        var open = [fact]
        var hasSource = false
        while let next = open.popLast() {
            hasSource = hasSource || !next.sources.isEmpty
            for id in next.derivedFrom {
                if id == fact.id { return log.error(fact.origin, "\(fact.id) is derived from itself") }
                if seen.insert(id).inserted, let other = facts[id] { open.append(other) }
            }
        }
        if fact.status == .derived, !hasSource {
            log.error(fact.origin, "\(fact.id): neither it nor a fact it is derived from has a source")
        }
    }

    private func checkFormula(_ fact: Fact) {
        guard fact.status == .derived, let text = fact.formula else { return }
        guard let quantity = fact.quantity else {
            return log.error(fact.origin, "\(fact.id): a derived fact needs a quantity")
        }
        guard let formula = Formula(text) else {
            return log.error(fact.origin, "\(fact.id): \"\(text)\" is not plain arithmetic with + - * / and brackets")
        }
        let exact = quantity.unit.code == "percent" ? formula.result * 100 : formula.result
        if !quantity.value.isRounding(of: exact) {
            log.error(fact.origin, "\(fact.id): \"\(text)\" gives \(exact), which does not round to \(quantity.value.text)")
        }
        for id in fact.derivedFrom {
            guard let value = facts[id]?.quantity?.value else { continue }
            if !formula.numbers.contains(where: { abs($0 - abs(value.number)) < 1e-9 }) {
                log.error(fact.origin, "\(fact.id): the formula \"\(text)\" does not use \(value.text), the value of \(id)")
            }
        }
    }
}
