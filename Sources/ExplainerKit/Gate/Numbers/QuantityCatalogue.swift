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
    private(set) var score: SubjectScore
    private var entries: [Entry] = []
    private var buckets: [Key: [Int32]] = [:]
    /// Facts by dimension and by one thing that they are about, for suggestions.
    private var neighbours: [Neighbour: [Int32]] = [:]

    private struct Key: Hashable {
        let dimension: Dimension
        let bucket: Int32
    }

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
            let subject = Self.subject(fact, statement, recognizer, methodFeatures, counts, facts.count, reader, &lexicon)
            for model in subject.models where model.version == 0 && model.size > 0 { known.insert(model) }
            subjects.append(subject)
        }
        score = SubjectScore(words: subjectWords, known: known)
        var builder = EntryBuilder(recognizer: recognizer, reader: reader)
        for (index, fact) in facts.enumerated() {
            for (dimension, entry) in builder.entries(of: fact, at: Int32(index), statement: statements[index], &lexicon) {
                add(entry, dimension)
                if dimension == .token { subjects[index].lengths.append(entry.value) }
            }
        }
        for (dimension, entry) in builder.comparisons(of: facts, &lexicon) { add(entry, dimension) }
        for (index, fact) in facts.enumerated() where fact.quantity != nil {
            guard let dimension = builder.dimension(of: fact, &lexicon) else { continue }
            let subject = subjects[index]
            for feature in subject.models + subject.hardware + subject.statedMethods + subject.tests + subject.measures {
                neighbours[Neighbour(dimension: dimension, feature: Feature(kind: feature.kind, id: feature.id)), default: []].append(
                    Int32(index))
            }
        }
    }

    private mutating func add(_ entry: Entry, _ dimension: Dimension) {
        buckets[Key(dimension: dimension, bucket: Self.bucket(entry.value)), default: []].append(Int32(entries.count))
        entries.append(entry)
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

    private static func subject(
        _ fact: Fact, _ statement: TokenizedText, _ recognizer: QuantityRecognizer, _ methods: [String: [Feature]], _ counts: [WordID: Int],
        _ total: Int,
        _ reader: PhraseReader, _ lexicon: inout Lexicon
    ) -> FactSubject {
        func features(_ text: String) -> [Feature] {
            let tokens = reader.read(text, &lexicon)
            return recognizer.subjects.mentions(in: tokens, sentence: 0..<tokens.tokens.count).map(\.feature)
        }
        var subject = FactSubject()
        let words = recognizer.subjects
        let mentions = words.mentions(in: statement, sentence: 0..<statement.tokens.count)
        let claims = recognizer.claims(in: statement, sentence: 0..<statement.tokens.count, startsBlock: false, mentions: mentions)
        let stated = mentions.map(\.feature)
        let context = features(fact.conditions.context ?? "")
        let listed = fact.conditions.models.flatMap { features($0).filter { $0.kind == .model } }
        let statedModels = stated.filter { model in
            model.kind == .model && (model.size > 0 || model.version > 0 || listed.contains { $0.id == model.id })
        }
        subject.namesModel = !statedModels.isEmpty
        subject.models = listed + statedModels
        if subject.models.contains(where: { $0.size > 0 && $0.id > 0 }) { subject.models.removeAll { $0.size == 0 && $0.version == 0 } }
        subject.hardware = Set(
            fact.conditions.hardware.flatMap { features($0).filter { $0.kind == .hardware } } + stated.filter { $0.kind == .hardware })
        subject.namesHardware = stated.contains { $0.kind == .hardware }
        let conditions = fact.conditions.methods.flatMap { methods[$0] ?? [] }
        subject.statedMethods = Set(stated.filter { $0.kind == .method })
        subject.methods = subject.statedMethods.union(conditions.filter { $0.kind == .method })
        subject.types = Set(stated.filter { $0.kind == .type } + conditions.filter { $0.kind == .type })
        subject.engines = Set((stated + context).filter { $0.kind == .engine })
        subject.tests = Set((stated + context).filter { $0.kind == .test })
        subject.width = fact.conditions.bits.map { Feature(kind: .bits, id: Int32(max(1, $0.number))) }
        subject.widths = Set(stated.filter { $0.kind == .bits })
        subject.measures = Set(
            mentions.filter { mention in !claims.contains { $0.tokens.overlaps(mention.tokens) } }.map(\.feature).filter {
                $0.kind == .measure
            })
        for claim in claims { if let implied = words.implied[claim.dimension] { subject.measures.insert(implied) } }
        if let quantity = fact.quantity, let implied = words.impliedByKind[quantity.kind.rawValue] { subject.measures.insert(implied) }
        if subject.measures.isSubset(of: words.vague) { subject.measures.formUnion(context.filter { $0.kind == .measure }) }
        // "4-bit weights made it faster" is not about what the weights take.
        let others = subject.measures.subtracting(words.faint)
        if others.contains(where: { words.apart[$0] != nil }) { subject.measures = others }
        if let each = words.each, claims.contains(where: \.isForEachWeight) { subject.measures = [each] }
        for token in statement.tokens where token.kind == .word && token.word != Lexicon.unknown {
            let weight = 1 - Double(counts[token.word] ?? 1) / Double(total + 1)
            subject.words[token.word] = weight * weight * weight
        }
        subject.totalWeight = subject.words.values.reduce(0, +)
        return subject
    }

    // MARK: Looking up

    /// Sixteen buckets for each doubling: what is within a fifth of a value stands at most five buckets away.
    private static func bucket(_ value: Double) -> Int32 {
        guard value > 1e-12, value < 1e30 else { return Int32.min }
        return Int32(value.exponent) * 16 + Int32((value.significand - 1) * 16)
    }

    /// The entries of a dimension that a written value can mean.
    func candidates(_ dimension: Dimension, _ value: Double, slack: Double, _ claim: QuantityClaim) -> [Entry] {
        let bucket = Self.bucket(value)
        var found: [Entry] = []
        let range = bucket == Int32.min ? bucket...bucket : bucket - 5...bucket + 5
        for key in range {
            for index in buckets[Key(dimension: dimension, bucket: key)] ?? [] {
                let entry = entries[Int(index)]
                if Self.means(value, slack, claim, entry) { found.append(entry) }
            }
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
