import ExplainerKit

/// Finds documents by the words that they share with a question; rare words count more than frequent ones.
struct CatalogueSearch {
    let site: Site

    private static let most = 20

    /// Best first. Pieces come before facts where the question names a reader or a kind of piece.
    func documents(for question: String) -> [CatalogueDocument] {
        let words = FactQuery.words(question).uniqued()
        return Array((pieces(for: question) + facts(with: words)).prefix(Self.most))
    }

    private func pieces(for question: String) -> [CatalogueDocument] {
        site.snapshot.topics.compactMap { topic in
            let trigger = topic.triggerMatcher.best(question)?.id
            let audience = topic.audienceMatcher.best(question)?.id
            guard trigger != nil || audience != nil || slug(question).contains(slug(topic.title)) else { return nil }
            let key = ExplainerKey(
                audience: audience ?? topic.audiences[0].id, trigger: trigger ?? topic.triggers[0].id, length: .standard)
            return topic.explainer(key).map(CatalogueDocument.piece)
        }
    }

    private func facts(with words: [String]) -> [CatalogueDocument] {
        let entries = site.snapshot.topics.flatMap { topic in
            topic.facts.map { fact in
                let conditions = fact.conditions
                let context = conditions.methods + conditions.models + conditions.hardware + [fact.theme, conditions.context ?? ""]
                return (
                    fact: fact, topic: topic,
                    words: FactQuery.words(([fact.statement, fact.id.replacing("-", with: " ")] + context).joined(separator: " "))
                )
            }
        }
        let held = words.map { word in entries.map { $0.words.contains { $0.hasPrefix(word) } } }
        // A word that half of the facts have tells them apart no more than one that none has.
        let weights = held.map { held -> Double in
            let count = held.count(where: \.self)
            return count == 0 || count * 2 > max(2, entries.count) ? 0 : 1 / (1 + Double(count)).squareRoot()
        }
        let scores = entries.indices.map { entry in words.indices.reduce(0) { $0 + (held[$1][entry] ? weights[$1] : 0) } }
        return entries.indices.filter { scores[$0] > 0 }.sorted { (scores[$1], $0) < (scores[$0], $1) }.prefix(Self.most).map {
            .fact(entries[$0].fact, entries[$0].topic)
        }
    }
}
