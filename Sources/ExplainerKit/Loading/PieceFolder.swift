/// The authored pieces of a topic: one file an audience, trigger and length, all of them there, each checked.
struct PieceFolder {
    let topic: Topic
    let folder: String
    let files: ConfigFiles
    /// nil where no quantity is typed, as is known.
    let literal: LiteralQuantity?
    let facts: [String: Fact]
    /// Ids of facts that stand in the files, also of those that could not be read.
    let declared: Set<String>

    /// What was read for one audience and trigger.
    private struct Authored: Sendable {
        let audience: Audience
        let trigger: Trigger
        var brief: Piece?
        var standard: Piece?
        var problems: [Problem] = []
    }

    /// Reads and checks every piece, then composes every combination of audience, trigger and length; nothing while the log has errors.
    func explainers(_ log: ProblemLog) -> [Explainer] {
        refuseStrays(log)
        let pairs = topic.audiences.flatMap { audience in topic.triggers.map { Authored(audience: audience, trigger: $0) } }
        let authored = concurrently(pairs, read)
        for pair in authored { log.add(pair.problems) }
        guard !log.hasErrors else { return [] }
        let composer = Composer(topic: topic)
        return concurrently(authored) { pair in
            let pieces = [(pair.brief, Length.brief), (pair.standard, .standard)].compactMap { piece, length in
                piece.map { composer.compose($0, audience: pair.audience, trigger: pair.trigger, length: length) }
            }
            return pieces + pieces.suffix(1).map(composer.withEvidence)
        }.flatMap(\.self)
    }

    @Sendable private func read(_ pair: Authored) -> Authored {
        let log = ProblemLog()
        var pair = pair
        pair.brief = piece("\(pair.audience.id)/\(pair.trigger.id).brief.md", for: pair.trigger, log)
        pair.standard = piece("\(pair.audience.id)/\(pair.trigger.id).md", for: pair.trigger, log)
        pair.problems = log.problems
        return pair
    }

    private func piece(_ name: String, for trigger: Trigger, _ log: ProblemLog) -> Piece? {
        let path = "\(folder)/\(name)"
        guard let text = files.texts[path] else {
            log.error(path, nil, "the piece is missing; every audience has one piece and one brief for each trigger")
            return nil
        }
        let resolver = ClaimResolver(log: log, facts: facts, declared: declared)
        let piece = PieceReader(path: path, log: log, resolve: resolver).read(text)
        check(piece, log)
        for block in piece.sections.flatMap(\.blocks) where block.value.isDetail && !trigger.shape.detail {
            log.error(path, block.line, "a quoted paragraph needs a trigger with \"detail: true\" in its shape; \(trigger.id) has none")
        }
        return piece
    }

    private func refuseStrays(_ log: ProblemLog) {
        let expected = Set(
            topic.audiences.flatMap { audience in
                topic.triggers.flatMap { ["\(folder)/\(audience.id)/\($0.id).md", "\(folder)/\(audience.id)/\($0.id).brief.md"] }
            }
        )
        for path in files.files(in: folder, suffix: "") where !expected.contains(path) {
            log.error(
                path, nil, "belongs to no audience and trigger\(nearest(to: path, among: expected).map { "; did you mean \($0)?" } ?? "")")
        }
    }

    private func check(_ piece: Piece, _ log: ProblemLog) {
        for (place, id) in [("central_analogy", piece.centralAnalogy), ("closing_analogy", piece.closingAnalogy)]
        where !id.isEmpty && !topic.analogies.contains(where: { $0.id == id }) {
            log.error(piece.file, 1, "\(place): \(unknown("analogy", id, among: topic.analogies.map(\.id)))")
        }
        let roles = topic.sections.map(\.role)
        for section in piece.sections where !roles.contains(section.role) {
            log.error(piece.file, section.line, unknown("role", section.role, among: roles))
        }
        let found = piece.sections.map(\.role).filter(roles.contains)
        if found != roles {
            log.error(
                piece.file, nil,
                "the sections are \(found.joined(separator: ", ")); they have to be \(roles.joined(separator: ", ")), in this order")
        }
        refuseLiteral(piece.title, Origin(file: piece.file, line: 1), log)
        refuseLiteral(piece.summary, Origin(file: piece.file, line: 1), log)
        for section in piece.sections {
            refuseLiteral(section.heading ?? "", Origin(file: piece.file, line: section.line), log)
            if section.blocks.isEmpty { log.error(piece.file, section.line, "the section \"\(section.role)\" is empty") }
            for block in section.blocks {
                for line in block.value.lines { refuseLiteral(typed(line), Origin(file: piece.file, line: block.line), log) }
            }
        }
    }

    /// Definitions and analogies reach the pieces as prose, too.
    func checkVocabulary(termsOrigin: Origin?, _ log: ProblemLog) {
        for analogy in topic.analogies {
            let pairs = analogy.mapping.flatMap { [$0.analogy, $0.model] }
            for text in [analogy.name, analogy.image, analogy.outcome, analogy.stopsHolding] + pairs {
                refuseLiteral(text, analogy.origin, log)
            }
        }
        for method in topic.methods { refuseLiteral(method.definition, method.origin, log) }
        for term in topic.terms { if let termsOrigin { refuseLiteral(term.definition, termsOrigin, log) } }
    }

    private func refuseLiteral(_ text: String, _ origin: Origin, _ log: ProblemLog) {
        for found in literal?.all(in: text) ?? [] {
            log.error(
                origin,
                "\"\(found)\" is a quantity typed into prose; refer to a fact as {fact-id}, or list a name with digits under \"names\" in terms.yaml"
            )
        }
    }

    /// What the writer typed: without code, and without the figures that facts gave. Words around a property count as typed.
    private func typed(_ line: Line) -> String {
        line.map { inline in
            switch inline {
            case .text(let words): words
            case .claim(let words, let fact) where topic.fact(fact)?.quantity?.display.contains(words) != true: words
            case .claim, .code, .citation: "…"
            }
        }.joined()
    }
}
