/// Reads the entries that facts and prose refer to: sources, methods, analogies, terms, units, audiences, triggers.
struct VocabularyReader {
    let log: ProblemLog

    func source(_ entry: YAMLMapping) -> Source? {
        let url = entry.text("url")
        if !url.isEmpty, !url.hasPrefix("https://") { entry.error("url", "\"\(url)\" has to begin with https://") }
        guard let kind = entry.choice("kind", Source.Kind.self), let year = year(of: entry) else { return nil }
        return Source(
            id: entry.identifier(), title: entry.text("title"), publisher: entry.text("publisher"), year: year, kind: kind, url: url,
            origin: entry.origin
        )
    }

    static let sourceKeys = ["id", "title", "publisher", "year", "kind", "url"]

    func method(_ entry: YAMLMapping, sources: Set<String>) -> Method? {
        guard let kind = entry.choice("kind", Method.Kind.self) else { return nil }
        return Method(
            id: entry.identifier(), name: entry.text("name"), longName: entry.optionalText("long_name"), kind: kind,
            year: entry.integer("year"), definition: entry.text("definition"), aliases: entry.texts("aliases"),
            sources: references(entry, sources: sources), origin: entry.origin
        )
    }

    static let methodKeys = ["id", "name", "long_name", "kind", "year", "definition", "aliases", "sources"]

    func analogy(_ entry: YAMLMapping) -> Analogy {
        let pairs = entry.mappings("mapping", ["analogy", "model"])
            .map { Analogy.Pair(analogy: $0.text("analogy"), model: $0.text("model")) }
        if pairs.isEmpty { entry.error("mapping", "an analogy needs a \"mapping\": what stands for what") }
        return Analogy(
            id: entry.identifier(), name: entry.text("name"), domain: entry.text("domain"), image: entry.text("image"),
            outcome: entry.text("outcome"), mapping: pairs, stopsHolding: entry.text("stops_holding"), origin: entry.origin
        )
    }

    static let analogyKeys = ["id", "name", "domain", "image", "outcome", "mapping", "stops_holding"]

    func term(_ entry: YAMLMapping) -> Term {
        Term(id: entry.identifier(), name: entry.text("name"), aliases: entry.texts("aliases"), definition: entry.text("definition"))
    }

    static let termKeys = ["id", "name", "aliases", "definition"]

    func unit(_ entry: YAMLMapping) -> Unit {
        Unit(code: entry.text("code"), symbol: entry.optionalText("symbol") ?? "", label: entry.text("label"))
    }

    func audience(_ entry: YAMLMapping) -> Audience {
        let grade = entry.decimal("max_grade")
        if grade == nil, !entry.has("max_grade") { entry.error("max_grade", "\"max_grade\" is missing") }
        if let grade, !(0...20).contains(grade.number) {
            entry.error("max_grade", "\(grade.text) is no reading grade between 0 and 20")
        }
        return Audience(
            id: entry.identifier(), name: entry.text("name"), aliases: entry.texts("aliases"), needs: entry.text("needs"),
            maxGrade: grade?.number ?? 0
        )
    }

    static let audienceKeys = ["id", "name", "aliases", "needs", "max_grade"]

    func trigger(_ entry: YAMLMapping) -> Trigger {
        let shape = entry.mapping("shape", ["analogy_table", "glossary", "source_column", "detail"])
        return Trigger(
            id: entry.identifier(), phrase: entry.text("phrase"), phrases: entry.texts("phrases"),
            description: entry.text("description"),
            shape: Trigger.Shape(
                analogyTable: shape?.flag("analogy_table") ?? false, glossary: shape?.flag("glossary") ?? false,
                sourceColumn: shape?.flag("source_column") ?? false, detail: shape?.flag("detail") ?? false
            )
        )
    }

    static let triggerKeys = ["id", "phrase", "phrases", "description", "shape"]

    /// The `sources:` of an entry, each checked against the catalogue of sources.
    func references(_ entry: YAMLMapping, sources: Set<String>) -> [SourceReference] {
        entry.mappings("sources", ["id", "locator"]).map { reference in
            let id = reference.text("id")
            if !id.isEmpty, !sources.isEmpty, !sources.contains(id) {
                reference.error("id", unknown("source", id, among: sources.sorted()))
            }
            return SourceReference(id: id, locator: reference.text("locator"))
        }
    }

    func year(of entry: YAMLMapping) -> Int? {
        guard let year = entry.integer("year") else {
            if !entry.has("year") { entry.error("year", "\"year\" is missing") }
            return nil
        }
        if !(1900...2100).contains(year) { entry.error("year", "\(year) is not a year between 1900 and 2100") }
        return year
    }
}
