/// Turns authored pieces into explainers: what the trigger's shape adds, numbered sources, definitions, evidence, measures.
struct Composer {
    let topic: Topic
    private let mentions: MentionFinder

    init(topic: Topic) {
        self.topic = topic
        mentions = MentionFinder(topic: topic)
    }

    /// The piece with everything its trigger's shape adds, numbered sources and measures.
    ///
    /// - Parameter length: brief or standard; a full piece is `withEvidence` of the standard one.
    func compose(_ piece: Piece, audience: Audience, trigger: Trigger, length: Length) -> Explainer {
        var sections = topic.sections.map { outline in
            section(outline, of: piece)
        }
        let analogies = [piece.centralAnalogy, piece.closingAnalogy].compactMap { id in topic.analogies.first { $0.id == id } }
        let isLong = length != .brief
        if isLong, trigger.shape.analogyTable, let central = analogies.first {
            addAnalogyTable(of: central, to: &sections)
        }
        let text = sections.flatMap(\.blocks).map { PlainText($0).text }.joined(separator: "\n")
        let mentioned = mentions.all(in: text)
        if isLong, trigger.shape.glossary {
            sections[sections.count - 1].blocks.append(glossary(mentioned))
        }
        let facts = sections.flatMap(\.blocks).flatMap(\.facts).uniqued().compactMap { topic.fact($0) }
        let cited = citedSources(of: facts)
        let citer = Citer(topic: topic, numbers: numbers(of: cited))
        for index in sections.indices {
            sections[index].blocks = sections[index].blocks.map { block in
                trigger.shape.sourceColumn ? citer.withSourceColumn(block) : citer.cited(block)
            }
        }
        return Explainer(
            topic: topic.id, language: topic.language, audience: audience, trigger: trigger, length: length, title: piece.title,
            summary: piece.summary, sections: sections, facts: facts, sources: cited,
            methods: mentioned.compactMap(\.method), analogies: analogies, labels: topic.labels, measures: measure(sections),
            origin: Origin(file: piece.file, line: 1)
        )
    }

    /// The standard piece with its evidence table at the end.
    func withEvidence(_ standard: Explainer) -> Explainer {
        var full = standard
        full.length = .full
        let citer = Citer(topic: topic, numbers: numbers(of: standard.sources))
        full.sections[full.sections.count - 1].blocks.append(citer.evidence(of: standard.facts))
        return full
    }

    private func numbers(of sources: [CitedSource]) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: sources.enumerated().map { ($1.source.id, $0 + 1) })
    }

    private func section(_ outline: SectionOutline, of piece: Piece) -> Section {
        let authored = piece.sections.first { $0.role == outline.role }
        var blocks = authored?.blocks.map(\.value) ?? []
        let analogy = outline.analogy.map { $0 == .central ? piece.centralAnalogy : piece.closingAnalogy }
        for index in blocks.indices { blocks[index].analogies = analogy.map { [$0] } ?? [] }
        return Section(role: outline.role, heading: authored?.heading ?? outline.heading, blocks: blocks)
    }

    private func addAnalogyTable(of analogy: Analogy, to sections: inout [Section]) {
        guard let index = topic.sections.firstIndex(where: { $0.analogy == .central }) else { return }
        let table = Block(
            content: .table(
                header: [[.text(topic.labels.inAnalogy)], [.text(topic.labels.inModel)]],
                rows: analogy.mapping.map { [[.text($0.analogy)], [.text($0.model)]] }
            ),
            analogies: [analogy.id]
        )
        let limit = Block(
            content: .definitions([Definition(name: topic.labels.stopsHolding, meaning: [.text(analogy.stopsHolding)])]),
            analogies: [analogy.id]
        )
        sections[index].blocks += [table, limit]
    }

    /// Tools are left out: the pieces say what they are where they name them.
    private func glossary(_ mentioned: [Mention]) -> Block {
        let definitions = mentioned.filter { $0.method?.kind != .tool }.map { Definition(name: $0.name, meaning: [.text($0.definition)]) }
        return Block(content: .definitions(definitions), caption: topic.labels.glossary)
    }

    private func citedSources(of facts: [Fact]) -> [CitedSource] {
        var cited: [CitedSource] = []
        for reference in facts.flatMap({ topic.references(of: $0) }) {
            guard let source = topic.source(reference.id) else { continue }
            if let index = cited.firstIndex(where: { $0.source.id == source.id }) {
                if !cited[index].locators.contains(reference.locator) { cited[index].locators.append(reference.locator) }
            } else {
                cited.append(CitedSource(source: source, locators: [reference.locator]))
            }
        }
        return cited
    }

    private func measure(_ sections: [Section]) -> Measures {
        let blocks = sections.flatMap(\.blocks)
        let prose = blocks.filter { if case .table = $0.content { false } else { true } }.flatMap(\.lines).map { PlainText($0).text }
        let sentences = prose.flatMap { Prose.sentences(in: $0) }
        return Measures(
            words: blocks.reduce(0) { $0 + Prose.words(in: PlainText($1).text).count },
            grade: Prose.grade(ofSentences: sentences), sentences: sentences
        )
    }
}

/// Puts the numbers of sources behind what rests on them.
private struct Citer {
    let topic: Topic
    let numbers: [String: Int]

    /// Every claim of running text gets its numbers.
    func cited(_ block: Block) -> Block {
        switch block.content {
        case .paragraph(let line): block.with(.paragraph(cited(line)))
        case .list(let items): block.with(.list(items.map(cited)))
        case .definitions(let definitions):
            block.with(.definitions(definitions.map { Definition(name: $0.name, meaning: cited($0.meaning)) }))
        case .table(let header, let rows): block.with(.table(header: header, rows: rows.map { $0.map(cited) }))
        }
    }

    /// A table that uses facts names each row's sources in a column of their own; other blocks are cited as usual.
    func withSourceColumn(_ block: Block) -> Block {
        guard case .table(let header, let rows) = block.content, !block.facts.isEmpty else { return cited(block) }
        return block.with(
            .table(
                header: header + [[.text(topic.labels.source)]],
                rows: rows.map { row in row + [sources(of: row.flatMap(\.self).compactMap(\.fact).uniqued().compactMap { topic.fact($0) })]
                }
            )
        )
    }

    /// Every fact of a piece with its figure, conditions and place in its source.
    func evidence(of facts: [Fact]) -> Block {
        let labels = topic.labels
        return Block(
            content: .table(
                header: [labels.figure, labels.fact, labels.conditions, labels.source].map { [.text($0)] },
                rows: facts.map { fact in
                    [
                        fact.quantity.map { [.claim(text: $0.display[0], fact: fact.id)] } ?? [.text("–")],
                        [.claim(text: fact.statement, fact: fact.id)],
                        fact.conditions.context.map { [.claim(text: $0, fact: fact.id)] } ?? [.text("–")],
                        sources(of: [fact]),
                    ]
                }
            ),
            caption: labels.evidence
        )
    }

    /// "Publisher, locator [3]", one behind the other.
    private func sources(of facts: [Fact]) -> Line {
        let references = facts.flatMap { topic.references(of: $0) }.uniqued()
        return references.enumerated().flatMap { index, reference -> Line in
            guard let source = topic.source(reference.id), let number = numbers[reference.id] else { return [] }
            return [.text((index > 0 ? "; " : "") + "\(source.publisher), \(reference.locator)"), .citation([number])]
        }
    }

    private func cited(_ line: Line) -> Line {
        line.flatMap { inline -> Line in
            guard let fact = inline.fact.flatMap({ topic.fact($0) }) else { return [inline] }
            return [inline, .citation(topic.references(of: fact).compactMap { numbers[$0.id] }.uniqued().sorted())]
        }
    }
}

extension Block {
    fileprivate func with(_ content: Content) -> Block {
        Block(content: content, caption: caption, isDetail: isDetail, analogies: analogies)
    }
}

extension Topic {
    /// The sources of a fact: its own, or those of the facts it is derived from.
    package func references(of fact: Fact) -> [SourceReference] {
        fact.sources.isEmpty ? fact.derivedFrom.compactMap { self.fact($0) }.flatMap { references(of: $0) }.uniqued() : fact.sources
    }
}
