/// Finds which of several entries a free sentence asks for, by the words that their phrases share with it.
///
/// A phrase scores the weight of its words that the sentence holds, divided by the weight of all its words. Words that few entries use
/// weigh more (inverse document frequency), so that "analogy" decides and "explain" does not.
package struct PhraseMatcher: Sendable {
    private let entries: [(id: String, phrases: [(text: String, words: [String])])]
    private let weights: [String: Double]

    /// What a sentence asks for, best first.
    package struct Match: Sendable, Equatable {
        package let id: String
        /// The phrase that fits best, as the catalogue has it.
        package let phrase: String
        /// 0…1: the share of the best phrase that the sentence holds.
        package let score: Double
        /// Weight of what was found, for breaking ties: longer phrases beat shorter ones.
        let weight: Double
    }

    /// At least this much of a phrase has to be there.
    package static let threshold = 0.6

    package init(_ entries: [(id: String, phrases: [String])]) {
        self.entries = entries.map { id, phrases in (id, phrases.map { ($0, Self.words($0)) }.filter { !$0.1.isEmpty }) }
        var counts: [String: Int] = [:]
        for entry in self.entries {
            for word in Set(entry.phrases.flatMap(\.words)) { counts[word, default: 0] += 1 }
        }
        let total = Double(self.entries.count)
        weights = counts.mapValues { 0.1 + max(0, 1 - Double($0 - 1) / max(1, total - 1)) }
    }

    /// Entries of which at least one word is there, best first; equal ones in their own order.
    package func matches(_ sentence: String) -> [Match] {
        let given = Set(Self.words(sentence))
        let found = entries.enumerated().compactMap { order, entry -> (order: Int, match: Match)? in
            let best = entry.phrases.map { phrase in
                let all = weight(phrase.words)
                let held = weight(phrase.words.filter(given.contains))
                return Match(id: entry.id, phrase: phrase.text, score: all > 0 ? held / all : 0, weight: held)
            }.max { ($0.score, $0.weight) < ($1.score, $1.weight) }
            return best.flatMap { $0.score > 0 ? (order, $0) : nil }
        }
        return found.sorted { a, b in (b.match.score, b.match.weight, a.order) < (a.match.score, a.match.weight, b.order) }.map(\.match)
    }

    /// The entry that the sentence asks for, or nil when none is near enough.
    package func best(_ sentence: String) -> Match? {
        matches(sentence).first { $0.score >= Self.threshold }
    }

    private func weight(_ words: [String]) -> Double { words.reduce(0) { $0 + (weights[$1] ?? 0) } }

    /// Lower-case words without the ones that only hold a sentence together, and without a plural s.
    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init).filter { !fillers.contains($0) }.map { word in
            if word.hasSuffix("isation") { return word.dropLast(7) + "ization" }
            if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
            return word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : word
        }.uniqued()
    }

    private static let fillers: Set = [
        "a", "an", "the", "and", "or", "of", "to", "for", "with", "in", "on", "by", "me", "my", "i", "we", "us", "our", "you", "your", "it",
        "can", "could", "would", "will", "please", "do", "does", "is", "are", "be", "this", "that", "give", "need", "want", "some", "like",
        "what", "which", "how", "why", "when", "about", "tell", "show", "there",
    ]
}

extension Topic {
    /// Matches sentences against triggers.
    package var triggerMatcher: PhraseMatcher {
        PhraseMatcher(triggers.map { ($0.id, [$0.phrase, $0.id] + $0.phrases) })
    }

    /// Matches sentences against audiences.
    package var audienceMatcher: PhraseMatcher {
        PhraseMatcher(audiences.map { ($0.id, [$0.name, $0.id] + $0.aliases) })
    }
}
