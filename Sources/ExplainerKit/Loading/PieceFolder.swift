/// The authored pieces of a topic: one file an audience, trigger and length, all of them there, each checked.
struct PieceFolder {
    let topic: Topic
    let folder: String
    let files: ConfigFiles
    let log: ProblemLog
    let literal: LiteralQuantity
    let resolver: ClaimResolver

    /// Reads and checks every piece, then composes every combination of audience, trigger and length; nothing while the log has errors.
    func explainers() -> [Explainer] {
        refuseStrays()
        let authored = topic.audiences.flatMap { audience in
            topic.triggers.map { trigger in
                (
                    audience, trigger, brief: piece("\(audience.id)/\(trigger.id).brief.md", for: trigger),
                    standard: piece("\(audience.id)/\(trigger.id).md", for: trigger)
                )
            }
        }
        guard !log.hasErrors else { return [] }
        let composer = Composer(topic: topic)
        return authored.flatMap { audience, trigger, brief, standard in
            let pieces = [(brief, Length.brief), (standard, .standard)].compactMap { piece, length in
                piece.map { composer.compose($0, audience: audience, trigger: trigger, length: length) }
            }
            return pieces + pieces.suffix(1).map(composer.withEvidence)
        }
    }

    private func piece(_ name: String, for trigger: Trigger) -> Piece? {
        let path = "\(folder)/\(name)"
        guard let text = files.texts[path] else {
            log.error(path, nil, "the piece is missing; every audience has one piece and one brief for each trigger")
            return nil
        }
        let piece = PieceReader(path: path, log: log, resolve: resolver).read(text)
        check(piece)
        for block in piece.sections.flatMap(\.blocks) where block.value.isDetail && !trigger.shape.detail {
            log.error(path, block.line, "a quoted paragraph needs a trigger with \"detail: true\" in its shape; \(trigger.id) has none")
        }
        return piece
    }

    private func refuseStrays() {
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

    private func check(_ piece: Piece) {
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
        refuseLiteral(piece.title, Origin(file: piece.file, line: 1))
        refuseLiteral(piece.summary, Origin(file: piece.file, line: 1))
        for section in piece.sections {
            refuseLiteral(section.heading ?? "", Origin(file: piece.file, line: section.line))
            if section.blocks.isEmpty { log.error(piece.file, section.line, "the section \"\(section.role)\" is empty") }
            for block in section.blocks {
                for line in block.value.lines { refuseLiteral(typed(line), Origin(file: piece.file, line: block.line)) }
            }
        }
    }

    /// Definitions and analogies reach the pieces as prose, too.
    func checkVocabulary(termsOrigin: Origin?) {
        for analogy in topic.analogies {
            let pairs = analogy.mapping.flatMap { [$0.analogy, $0.model] }
            for text in [analogy.name, analogy.image, analogy.outcome, analogy.stopsHolding] + pairs { refuseLiteral(text, analogy.origin) }
        }
        for method in topic.methods { refuseLiteral(method.definition, method.origin) }
        for term in topic.terms { if let termsOrigin { refuseLiteral(term.definition, termsOrigin) } }
    }

    private func refuseLiteral(_ text: String, _ origin: Origin) {
        for found in literal.all(in: text) {
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
