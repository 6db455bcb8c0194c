/// The quantities that the facts of a topic hold, found by value.
struct QuantityCatalogue: Sendable {
    /// A value that a fact holds.
    struct Entry: Sendable {
        let fact: Int32
        let value: Double
        let slack: Double
        /// Whether it follows from the fact by arithmetic, so that its last digit is not exact.
        let isDerived: Bool
        /// For a change: whether it is one, and which way it goes.
        let isChange: Bool?
        let sign: Int
        /// Stands in the fact as a condition and not as its quantity.
        let isCondition: Bool
        /// How the fact words it.
        var form = QuantityClaim.Form.unknown
        var isPercent = false
        var exactness = QuantityClaim.Exactness.exact
    }

    private(set) var facts: [Fact] = []
    /// Whether it holds what is wrong.
    var isRefuted: Bool { facts.first.map { !$0.status.holds } ?? false }
    private(set) var subjects: [FactSubject] = []
    /// Lengths of texts, in tokens, at which each fact was measured.
    private(set) var lengths: [[Double]] = []
    private let score: SubjectScore
    /// Of each fact: its own number, those of the facts that it was computed from, and those of its sources.
    private let kin: [(fact: Int32, origins: [Int32], sources: [Int32])]
    /// Of each dimension, in the order of their values.
    private var entries: [Dimension: [Entry]] = [:]
    /// Facts by dimension and by one thing that they are about, for suggestions.
    private var neighbours: [Neighbour: [Int32]] = [:]

    private struct Neighbour: Hashable {
        let dimension: Dimension
        let feature: Feature
    }

    /// - Parameters:
    ///   - facts: those of one kind: all that hold, or all that do not
    ///   - units: how the topic writes its units
    init(
        facts: [Fact], methods: [Method], recognizer: QuantityRecognizer, _ reader: PhraseReader, _ lexicon: inout Lexicon
    ) {
        let subjectWords = recognizer.subjects
        var methodFeatures: [String: [Feature]] = [:]
        for (index, method) in methods.enumerated() {
            let text = reader.read(method.name, &lexicon)
            let others = subjectWords.mentions(in: text, sentence: 0..<text.tokens.count).map(\.feature).filter { $0.kind == .type }
            methodFeatures[method.id] = [Feature(kind: .method, id: Int32(index + 1))] + others
        }
        let statements = facts.map { reader.read($0.statement, &lexicon) }
        let counts = Self.documentCounts(statements)
        var known: Set<Feature> = []
        self.facts = facts
        for (fact, statement) in zip(facts, statements) {
            let subject = FactSubject(fact, statement, recognizer, methods: methodFeatures, counts, of: facts.count, reader, &lexicon)
            for model in subject.models where model.version == 0 && model.size > 0 { known.insert(model) }
            subjects.append(subject)
        }
        score = SubjectScore(words: subjectWords, known: known)
        lengths = facts.map { _ in [] }
        var numbers: [String: Int32] = [:]
        func number(_ id: String) -> Int32 {
            let number = numbers[id] ?? Int32(numbers.count)
            numbers[id] = number
            return number
        }
        kin = facts.map { (number($0.id), $0.derivedFrom.map(number), $0.sources.map { number($0.id) }) }
        var builder = EntryBuilder(recognizer: recognizer, reader: reader)
        for (index, fact) in facts.enumerated() {
            for (dimension, entry) in builder.entries(of: fact, at: Int32(index), statement: statements[index], &lexicon) {
                add(entry, dimension)
                if dimension == .token { lengths[index].append(entry.value) }
            }
        }
        for (dimension, entry) in builder.comparisons(of: facts, &lexicon) { add(entry, dimension) }
        for (index, fact) in facts.enumerated() where fact.quantity != nil {
            guard let dimension = builder.dimension(of: fact, &lexicon) else { continue }
            let subject = subjects[index]
            let measures = subject.measures.ids.map { Feature(kind: .measure, id: $0) }
            for feature in subject.models + subject.hardware + subject.statedMethods + subject.tests + measures {
                neighbours[Neighbour(dimension: dimension, feature: Feature(kind: feature.kind, id: feature.id)), default: []].append(
                    Int32(index))
            }
        }
        entries = entries.mapValues { $0.sorted { ($0.value, $0.fact) < ($1.value, $1.fact) } }
    }

    private mutating func add(_ entry: Entry, _ dimension: Dimension) {
        entries[dimension, default: []].append(entry)
    }

    // MARK: Subjects

    /// In how many statements each word stands.
    private static func documentCounts(_ statements: [TokenizedText]) -> [WordID: Int] {
        var counts: [WordID: Int] = [:]
        for statement in statements {
            for word in Set(statement.tokens.compactMap { $0.kind == .word ? $0.word : nil }) { counts[word, default: 0] += 1 }
        }
        return counts
    }

    // MARK: Comparing

    /// How well the subjects of a fact and of a claim agree; nil when they contradict each other.
    func score(_ fact: Int32, _ claim: ClaimSubject, isComparison: Bool, digits: Int, isCondition: Bool = false) -> Double? {
        score.score(
            subjects[Int(fact)], lengths: lengths[Int(fact)], claim, isComparison: isComparison, digits: digits, isCondition: isCondition)
    }

    /// All that belongs to a fact.
    func family(of fact: Int32) -> [Int32] { [kin[Int(fact)].fact] + kin[Int(fact)].origins + kin[Int(fact)].sources }

    /// Points for belonging to what the sentences before rest on.
    func kinship(of fact: Int32, with family: FactFamily) -> Double {
        if family.isEmpty { return 0 }
        let own = kin[Int(fact)]
        if family.contains(own.fact) || own.origins.contains(where: family.contains) { return 1.5 }
        return own.sources.contains(where: family.contains) ? 0.75 : 0
    }

    // MARK: Looking up

    /// The entries of a dimension that a written value can mean.
    func candidates(_ dimension: Dimension, _ value: Double, slack: Double, _ claim: QuantityClaim) -> [Entry] {
        guard let all = entries[dimension] else { return [] }
        var found: [Entry] = []
        // No value means one that is further off, whatever stands before it ("over", "nearly").
        let farthest = 1.3 * value + 1e-9
        var range = 0..<all.count
        while let middle = range.isEmpty ? nil : (range.lowerBound + range.upperBound) / 2 {
            range = all[middle].value < 0.75 * value - 1e-9 ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        for entry in all[range.lowerBound...] {
            if entry.value > farthest { break }
            if Self.means(value, slack, claim, entry) { found.append(entry) }
        }
        return found
    }

    /// Whether a written value is a rounding of what a fact holds.
    private static func means(_ value: Double, _ slack: Double, _ claim: QuantityClaim, _ entry: Entry) -> Bool {
        let exact = entry.value
        let distance = abs(value - exact)
        let tiny = 1e-9 * max(1, exact)
        // What is worded as "just under three quarters" is no three quarters.
        if entry.isDerived, claim.exactness == .exact, entry.exactness != .exact, entry.exactness != .about { return false }
        if distance <= tiny { return true }
        switch claim.exactness {
        case .exact:
            if claim.isWord { return distance <= 0.015 * max(exact, 1) && distance <= 0.03 * exact }
            let own = entry.exactness == .exact ? entry.slack : 0
            if entry.isDerived { return distance <= slack + own + tiny && distance <= 0.04 * exact }
            return distance <= slack + tiny && distance <= 0.04 * exact
        case .about: return distance <= 0.05 * exact + tiny
        case .nearly: return value >= exact - slack && distance <= 0.07 * exact
        case .over: return exact >= value - tiny && exact <= 1.25 * value
        case .under: return exact <= value + tiny && exact >= 0.8 * value
        }
    }

    /// Facts of the dimension that are about something that the claim is about.
    func neighbours(of subject: ClaimSubject, _ dimension: Dimension) -> [Int32] {
        var found: [Int32] = []
        for feature in subject.near(.model) + subject.near(.method) + subject.near(.test) + subject.near(.hardware) + subject.near(.measure)
        {
            let key = Neighbour(dimension: dimension, feature: Feature(kind: feature.kind, id: feature.id))
            for fact in (neighbours[key] ?? []).prefix(48) where !found.contains(fact) { found.append(fact) }
            if found.count >= 96 { break }
        }
        return found
    }
}
