/// Reads charts, and sees to it that no panel compares what cannot be compared.
struct ChartReader {
    let log: ProblemLog
    let facts: [Fact]

    static let keys = ["id", "title", "summary", "panels"]

    func chart(_ entry: YAMLMapping) -> Chart {
        let panels = entry.mappings("panels", ["title", "facts"]).map(panel)
        if panels.isEmpty { entry.error("panels", "a chart needs \"panels\": titles with the facts whose amounts they show") }
        return Chart(
            id: entry.identifier(), title: entry.text("title"), summary: entry.text("summary"), panels: panels, origin: entry.origin)
    }

    private func panel(_ entry: YAMLMapping) -> Chart.Panel {
        let ids = entry.locatedTexts("facts")
        if ids.isEmpty { entry.error("facts", "a panel needs \"facts\": ids of facts whose amounts it shows") }
        var shown: [Fact] = []
        for id in ids {
            guard let fact = facts.first(where: { $0.id == id.value }) else {
                log.error(entry.origin.file, id.line, unknown("fact", id.value, among: facts.map(\.id)))
                continue
            }
            if let obstacle = obstacle(to: fact, beside: shown.first) {
                log.error(entry.origin.file, id.line, "the fact \"\(fact.id)\" cannot be a bar here: \(obstacle)")
            } else {
                shown.append(fact)
            }
        }
        return Chart.Panel(title: entry.text("title"), facts: shown)
    }

    /// Why a fact is no bar of a panel that begins with `first`.
    private func obstacle(to fact: Fact, beside first: Fact?) -> String? {
        guard fact.status.holds else { return "it is \(fact.status.rawValue)" }
        guard let quantity = fact.quantity, quantity.kind == .amount, quantity.value.number > 0 else {
            return "it has no amount above zero"
        }
        guard fact.conditions.bits != nil else { return "its conditions name no bits" }
        guard fact.conditions.models.count == 1 else { return "its conditions name \(fact.conditions.models.count) models, not one" }
        guard let first, let unit = first.quantity?.unit else { return nil }
        guard quantity.unit == unit else { return "its unit is \(quantity.unit.code), and that of \"\(first.id)\" is \(unit.code)" }
        guard fact.conditions.context == first.conditions.context else { return "its context is not that of \"\(first.id)\"" }
        return nil
    }
}
