/// Runs the style gate over every explainer of a topic in every form in which it is served; JSON holds the words of the plain text, and
/// a full piece all that its standard one says.
struct OwnContentCheck {
    let files: ConfigFiles
    let log: ProblemLog

    /// Logs each finding once, with the place under `config/` from which the words came.
    func check(_ topic: Topic) {
        let explainers = topic.explainers.filter { $0.length != .standard }
        let results = concurrently(explainers) { explainer in (explainer, Self.findings(in: explainer, gate: topic.gate)) }
        for (explainer, findings) in results {
            let finder = WordFinder(topic: topic, explainer: explainer, files: files)
            for finding in findings.uniqued() {
                let origin = finder.origin(of: finding.words)
                let message = "\(finding.message) [\(finding.rule)] in \"\(finding.words)\""
                if finding.severity == .error { log.error(origin, message) } else { log.warning(origin, message) }
            }
        }
    }

    /// What is wrong with a piece, whatever its form.
    private struct OwnFinding: Hashable, Sendable {
        let rule: String
        let severity: Finding.Severity
        let words: String
        let message: String
    }

    private static func findings(in explainer: Explainer, gate: Gate) -> [OwnFinding] {
        let forms: [(TextFormat, String)] = [
            (.plain, TextRenderer().render(explainer)), (.markdown, MarkdownRenderer().render(explainer)),
            (.html, HTMLRenderer().render(explainer)),
        ]
        return forms.flatMap { format, text in
            let scope: LintOptions.Scope = explainer.length == .brief ? .fragment : .explainer
            let bytes = Array(text.utf8)
            return gate.lint(bytes, LintOptions(format: format, scope: scope, audience: explainer.audience.id)).findings.map { finding in
                let words = String(decoding: bytes[finding.range], as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(
                    separator: " ")
                return OwnFinding(rule: finding.rule, severity: finding.severity, words: words, message: finding.message)
            }
        }
    }
}

/// Finds where under `config/` the words of a composed piece stand.
private struct WordFinder {
    let topic: Topic
    let explainer: Explainer
    let files: ConfigFiles

    /// The line of the piece that holds the words, else the entry that brought them, else the piece.
    func origin(of words: String) -> Origin {
        if let line = line(of: words) { return Origin(file: explainer.origin.file, line: line) }
        let entries: [(texts: [String], origin: Origin)] =
            explainer.facts.map { ([$0.statement, $0.conditions.context ?? ""] + ($0.quantity?.display ?? []), $0.origin) }
            + explainer.methods.map { ([$0.definition], $0.origin) }
            + explainer.analogies.map { ([$0.stopsHolding] + $0.mapping.flatMap { [$0.analogy, $0.model] }, $0.origin) }
            + explainer.sources.map { ([$0.source.title, $0.source.publisher] + $0.locators, $0.source.origin) }
        return entries.first { $0.texts.contains { $0.contains(words) } }?.origin ?? explainer.origin
    }

    /// The line of the piece on which the words begin; they may go on in the next ones.
    private func line(of words: String) -> Int? {
        var joined = ""
        var starts: [(offset: Int, line: Int)] = []
        for (index, line) in (files.texts[explainer.origin.file] ?? "").split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
        {
            starts.append((joined.utf8.count, index + 1))
            joined += String(line).trimmed + " "
        }
        guard let range = joined.firstRange(of: words) else { return nil }
        let offset = joined.utf8.distance(from: joined.startIndex, to: range.lowerBound)
        return starts.last { $0.offset <= offset }?.line
    }
}
