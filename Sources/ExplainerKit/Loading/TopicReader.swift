/// Reads one topic folder into a `Topic`, checks every reference, and composes its explainers.
struct TopicReader {
    let id: String
    let files: ConfigFiles
    let log: ProblemLog
    /// Whether these very files have passed every check before: then nobody has to wait for the rules, nor for the search for typed quantities.
    let isKnown: Bool

    private var folder: String { "topics/\(id)" }

    /// nil when something so basic is missing that the rest would only repeat it; the log then says what.
    func read() -> Topic? {
        let vocabulary = VocabularyReader(log: log)
        if !isIdentifier(id) { log.error(folder, nil, "\"\(id)\" cannot be a topic's id; use lower-case letters, digits, \"-\" and \".\"") }
        refuseUnreadFiles()
        guard let head = file("topic.yaml")?.mapping(Self.topicKeys) else { return nil }
        let unitEntries = entries("units.yaml", ["code", "symbol", "label"])
        let units = unitEntries.map(vocabulary.unit)
        let audienceEntries = entries("audiences.yaml", VocabularyReader.audienceKeys)
        let audiences = audienceEntries.map(vocabulary.audience)
        let triggerEntries = entries("triggers.yaml", VocabularyReader.triggerKeys)
        let triggers = triggerEntries.map(vocabulary.trigger)
        let analogies = entries("analogies.yaml", VocabularyReader.analogyKeys).map(vocabulary.analogy)
        let terms = file("terms.yaml")?.mapping(["terms", "names"])
        let sources = folderEntries("sources", VocabularyReader.sourceKeys).compactMap(vocabulary.source)
        let sourceIDs = Set(sources.map(\.id))
        let methodEntries = entries("methods.yaml", VocabularyReader.methodKeys)
        let methods = methodEntries.compactMap { vocabulary.method($0, sources: sourceIDs) }
        let termEntries = terms?.mappings("terms", VocabularyReader.termKeys) ?? []
        let themeEntries = head.mappings("themes", ["id", "name"])
        let themes = themeEntries.map { Theme(id: $0.identifier(), name: $0.text("name")) }
        let (facts, declaredFacts) = facts(
            themes: themes.map(\.id), units: units, sources: sourceIDs, methods: Set(methods.map(\.id)))

        refuseDuplicates("source", sources.map { ($0.id, $0.origin) })
        refuseDuplicates("method", methods.map { ($0.id, $0.origin) })
        refuseDuplicates("analogy", analogies.map { ($0.id, $0.origin) })
        refuseDuplicates("fact", facts.map { ($0.id, $0.origin) })
        let kinds = [
            ("audience", "id", audienceEntries), ("trigger", "id", triggerEntries), ("unit", "code", unitEntries),
            ("theme", "id", themeEntries),
            ("term", "id", termEntries), ("role", "role", head.mappings("sections", Self.sectionKeys)),
        ]
        for (what, key, list) in kinds {
            let stands = what == "theme" || what == "role" ? "topic.yaml" : "\(what)s.yaml"
            if list.isEmpty, what != "term", files.texts["\(folder)/\(stands)"] != nil {
                log.error(folder, nil, "a topic needs at least one \(what)")
            }
            refuseDuplicates(what, list.map { ($0.optionalText(key) ?? "", $0.origin) })
        }
        refuseSharedNames("audience", zip(audiences, audienceEntries).map { ([$0.id, $0.name] + $0.aliases, $1.origin) })
        refuseSharedNames("trigger", zip(triggers, triggerEntries).map { ([$0.id, $0.phrase] + $0.phrases, $1.origin) })
        let factIndex = Dictionary(facts.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        let crossCheck = FactCrossCheck(log: log, facts: factIndex.mapValues { facts[$0] })
        facts.forEach(crossCheck.check)
        warnAboutUnusedSources(sources, facts: facts, methods: methods)
        let chartReader = ChartReader(log: log, facts: facts)
        let charts = optionalFile(Self.chartsName)?.mappings(ChartReader.keys).map(chartReader.chart) ?? []
        refuseDuplicates("chart", charts.map { ($0.id, $0.origin) })

        var topic = Topic(
            id: id, title: head.text("title"), summary: head.text("summary"), language: head.text("language"),
            published: head.day("published"), themes: themes, sections: outline(head), bars: bars(head, methods: methods.map(\.id)),
            labels: labels(head), audiences: audiences, triggers: triggers, methods: methods, analogies: analogies,
            terms: termEntries.map(vocabulary.term),
            sources: sources, facts: facts, charts: charts, factIndex: factIndex,
            sourceIndex: Dictionary(sources.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        )
        let listedNames = terms?.texts("names")
        let pieces = PieceFolder(
            topic: topic, folder: folder + "/pieces", files: files,
            literal: isKnown ? nil : LiteralQuantity(names: listedNames.map { names(in: topic, listed: $0) } ?? []),
            facts: crossCheck.facts, declared: declaredFacts
        )
        topic.images = ImageFolder(folder: folder + "/images", files: files, log: log).images(of: audiences.map(\.id))
        topic.deferredGate = deferredGate(for: topic)
        if files.texts["\(folder)/\(Self.promptName)"] != nil {
            topic.promptFrame = file(Self.promptName)?.mapping(PromptFrame.keys).map(PromptFrame.init)
        }
        guard !topic.sections.isEmpty else { return nil }
        pieces.checkVocabulary(termsOrigin: terms?.origin, log)
        topic.add(pieces.explainers(log))
        return topic
    }

    private func deferredGate(for topic: Topic) -> Deferred<Gate> {
        guard isKnown else { return Deferred(GateReader(files: files, log: log).gate(for: topic, folder: folder)) }
        let (files, folder) = (files, folder)
        return Deferred { GateReader(files: files, log: ProblemLog()).gate(for: topic, folder: folder) }
    }

    // MARK: Files

    private func file(_ name: String) -> YAMLFile? {
        let path = "\(folder)/\(name)"
        guard let text = files.texts[path] else {
            log.error(
                path, nil,
                "the file is missing; a topic has \(Self.fileNames.joined(separator: ", ")), facts/*.yaml, sources/*.yaml and pieces/")
            return nil
        }
        return YAMLFile(path: path, text: text, log: log)
    }

    /// A file that a topic may do without.
    private func optionalFile(_ name: String) -> YAMLFile? {
        let path = "\(folder)/\(name)"
        return files.texts[path].map { YAMLFile(path: path, text: $0, log: log) }
    }

    /// Not every topic has something to draw.
    static let chartsName = "charts.yaml"

    static let fileNames = [
        "topic.yaml", "units.yaml", "audiences.yaml", "triggers.yaml", "methods.yaml", "analogies.yaml", "terms.yaml",
    ]

    /// A topic without it serves no prompts.
    private static let promptName = "prompt.yaml"

    private func entries(_ name: String, _ keys: [String]) -> [YAMLMapping] { file(name)?.mappings(keys) ?? [] }

    /// The entries of every file in a folder.
    private func folderEntries(_ name: String, _ keys: [String]) -> [YAMLMapping] {
        folderPaths(name).flatMap { YAMLFile(path: $0, text: files.texts[$0] ?? "", log: log).mappings(keys) }
    }

    private func folderPaths(_ name: String) -> [String] {
        let paths = files.files(in: "\(folder)/\(name)", suffix: ".yaml")
        if paths.isEmpty { log.error("\(folder)/\(name)", nil, "there is no .yaml file; \(name) stand in \(folder)/\(name)/*.yaml") }
        return paths
    }

    /// The facts, and the ids of all entries, readable or not. Most of what there is to read, so the files are read side by side.
    private func facts(
        themes: [String], units: [Unit], sources: Set<String>, methods: Set<String>
    ) -> (facts: [Fact], declared: Set<String>) {
        let files = files
        let read = concurrently(folderPaths("facts")) { path in
            let log = ProblemLog()
            let entries = YAMLFile(path: path, text: files.texts[path] ?? "", log: log).mappings(FactReader.keys)
            let reader = FactReader(
                log: log, vocabulary: VocabularyReader(log: log), themes: themes, units: units, sources: sources, methods: methods)
            let facts = entries.compactMap(reader.fact)
            return (facts: facts, declared: entries.map { $0.optionalText("id") ?? "" }, problems: log.problems)
        }
        for file in read { log.add(file.problems) }
        return (read.flatMap(\.facts), Set(read.flatMap(\.declared)))
    }

    /// A file that nobody reads is a misspelt name more often than not.
    private func refuseUnreadFiles() {
        let read = (Self.fileNames + [Self.promptName, Self.chartsName]).map { "\(folder)/\($0)" }
        for path in files.files(in: folder, suffix: "") where !read.contains(path) {
            let parts = path.dropFirst(folder.count + 1).split(separator: "/")
            if parts.count == 2, ["facts", "sources", "rules"].contains(parts[0]), path.hasSuffix(".yaml") { continue }
            if parts.first == "pieces" { continue }
            log.error(path, nil, "is not read by anybody\(nearest(to: path, among: read).map { "; did you mean \($0)?" } ?? "")")
        }
    }

    // MARK: topic.yaml

    private static let topicKeys = ["title", "summary", "language", "published", "themes", "sections", "bars", "labels"]

    private static let sectionKeys = ["role", "heading", "analogy"]

    private func outline(_ head: YAMLMapping) -> [SectionOutline] {
        let sections = head.mappings("sections", Self.sectionKeys).map { entry in
            SectionOutline(
                role: entry.identifier("role"), heading: entry.text("heading"),
                analogy: entry.has("analogy") ? entry.choice("analogy", SectionOutline.AnalogyPlace.self) : nil
            )
        }
        if sections.isEmpty { head.error("sections", "a topic needs \"sections\": the roles that every piece has, in order") }
        return sections
    }

    private func bars(_ head: YAMLMapping, methods: [String]) -> Bars {
        guard let entry = head.mapping("bars", ["brief", "standard", "shared_sentences"]) else { return Bars() }
        func length(_ key: String) -> Bars.LengthBars {
            let bars = entry.mapping(key, ["min_words", "max_words", "min_facts", "methods"])
            for method in bars?.locatedTexts("methods") ?? [] where !methods.contains(method.value) {
                log.error(entry.origin.file, method.line, unknown("method", method.value, among: methods))
            }
            return Bars.LengthBars(
                minWords: bars?.integer("min_words"), maxWords: bars?.integer("max_words"), minFacts: bars?.integer("min_facts"),
                methods: bars?.texts("methods") ?? []
            )
        }
        return Bars(
            brief: length("brief"), standard: length("standard"), sharedSentences: share(entry, "shared_sentences") ?? 1
        )
    }

    /// A number from 0 to 1.
    private func share(_ entry: YAMLMapping, _ key: String) -> Double? {
        guard let share = entry.decimal(key) else { return nil }
        if !(0...1).contains(share.number) { entry.error(key, "\(share.text) is no share between 0 and 1, such as 0.5") }
        return share.number
    }

    private func labels(_ head: YAMLMapping) -> Labels {
        let entry = head.mapping(
            "labels",
            [
                "sources", "evidence", "fact", "figure", "conditions", "source", "glossary", "in_analogy", "in_model", "stops_holding",
                "detail",
            ]
        )
        if entry == nil { head.error("labels", "a topic needs \"labels\": the words of composed pieces that no writer types") }
        func label(_ key: String) -> String { entry?.text(key) ?? "" }
        return Labels(
            sources: label("sources"), evidence: label("evidence"), fact: label("fact"), figure: label("figure"),
            conditions: label("conditions"), source: label("source"), glossary: label("glossary"), inAnalogy: label("in_analogy"),
            inModel: label("in_model"), stopsHolding: label("stops_holding"), detail: label("detail")
        )
    }

    /// Names that may hold digits: those listed, and those of methods, models and hardware.
    private func names(in topic: Topic, listed: [String]) -> [String] {
        listed + topic.methods.flatMap { [$0.name] + $0.aliases } + topic.facts.flatMap { $0.conditions.models + $0.conditions.hardware }
    }

    // MARK: Checks over the whole topic

    private func refuseDuplicates(_ what: String, _ entries: [(id: String, origin: Origin)]) {
        var first: [String: Origin] = [:]
        for (id, origin) in entries where !id.isEmpty {
            if let earlier = first[id] {
                log.error(origin, "duplicate \(what) \"\(id)\"; it already stands at \(earlier.file):\(earlier.line)")
            }
            first[id] = first[id] ?? origin
        }
    }

    /// A name, alias or phrase has to mean one entry only.
    private func refuseSharedNames(_ what: String, _ entries: [(names: [String], origin: Origin)]) {
        var owners: [String: (name: String, origin: Origin)] = [:]
        for (names, origin) in entries {
            for name in Set(names.map { slug($0) }).sorted() where !name.isEmpty {
                if let owner = owners[name], owner.origin != origin {
                    log.error(origin, "\"\(name)\" already means the \(what) at \(owner.origin.file):\(owner.origin.line)")
                }
                owners[name] = owners[name] ?? (name, origin)
            }
        }
    }

    private func warnAboutUnusedSources(_ sources: [Source], facts: [Fact], methods: [Method]) {
        let used = Set((facts.flatMap(\.sources) + methods.flatMap(\.sources)).map(\.id))
        for source in sources where !used.contains(source.id) {
            log.warning(source.origin, "nobody uses the source \"\(source.id)\"; remove it or refer to it")
        }
    }
}

extension Topic {
    /// Adds composed explainers and the look-ups over them.
    fileprivate mutating func add(_ composed: [Explainer]) {
        explainers = composed
        explainerIndex = Dictionary(composed.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        for explainer in composed {
            let use = FactUse(audience: explainer.audience.id, trigger: explainer.trigger.id)
            for fact in explainer.facts where !(useIndex[fact.id]?.contains(use) ?? false) { useIndex[fact.id, default: []].append(use) }
        }
        deferredQueryIndex = Deferred { [self] in FactIndex(self) }
    }
}
