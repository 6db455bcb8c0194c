/// What a fact is about, as a sentence would name it.
///
/// A class: hundreds of claims are compared with it, and it has too many parts to be copied each time.
final class FactSubject: Sendable {
    let models: [Feature]
    /// Whether the fact's statement names its model, so that a sentence has to.
    let namesModel: Bool
    let hardware: [Feature]
    /// Whether the statement names it.
    let namesHardware: Bool
    let methods: [Feature]
    /// Methods that the statement names.
    let statedMethods: [Feature]
    let types: [Feature]
    let tests: [Feature]
    let engines: [Feature]
    /// The width that the fact is about.
    let width: Feature?
    /// With those that its statement names.
    let widths: [Feature]
    let measures: MeasureSet
    /// Other words of the statement, each with how telling it is.
    let words: [(word: WordID, weight: Double)]
    let totalWeight: Double

    /// Whether the fact holds for any model on any machine.
    var isGeneral: Bool { !namesModel }

    /// - Parameters:
    ///   - methods: what each method of the topic is called
    ///   - counts: in how many of `total` statements each word stands
    init(
        _ fact: Fact, _ statement: TokenizedText, _ recognizer: QuantityRecognizer, methods methodFeatures: [String: [Feature]],
        _ counts: [WordID: Int], of total: Int, _ reader: PhraseReader, _ lexicon: inout Lexicon
    ) {
        func features(_ text: String) -> [Feature] {
            let tokens = reader.read(text, &lexicon)
            return recognizer.subjects.mentions(in: tokens, sentence: 0..<tokens.tokens.count).map(\.feature)
        }
        let mentions = recognizer.subjects.mentions(in: statement, sentence: 0..<statement.tokens.count)
        let claims = recognizer.claims(in: statement, sentence: 0..<statement.tokens.count, startsBlock: false, mentions: mentions)
        let stated = mentions.map(\.feature)
        let context = features(fact.conditions.context ?? "")
        let listed = fact.conditions.models.flatMap { features($0).filter { $0.kind == .model } }
        let statedModels = stated.filter { model in
            model.kind == .model && (model.size > 0 || model.version > 0 || listed.contains { $0.id == model.id })
        }
        namesModel = !statedModels.isEmpty
        let models = listed + statedModels
        let hasWholeName = models.contains { $0.size > 0 && $0.id > 0 }
        self.models = hasWholeName ? models.filter { $0.size > 0 || $0.version > 0 } : models
        let listedHardware = fact.conditions.hardware.flatMap { features($0).filter { $0.kind == .hardware } }
        hardware = (listedHardware + stated.filter { $0.kind == .hardware }).uniqued()
        namesHardware = stated.contains { $0.kind == .hardware }
        let conditions = fact.conditions.methods.flatMap { methodFeatures[$0] ?? [] }
        statedMethods = stated.filter { $0.kind == .method }.uniqued()
        methods = (statedMethods + conditions.filter { $0.kind == .method }).uniqued()
        types = (stated + conditions).filter { $0.kind == .type }.uniqued()
        engines = (stated + context).filter { $0.kind == .engine }.uniqued()
        tests = (stated + context).filter { $0.kind == .test }.uniqued()
        width = fact.conditions.bits.map { Feature(kind: .bits, id: Int32(max(1, $0.number))) }
        widths = (stated.filter { $0.kind == .bits } + [width].compactMap(\.self)).uniqued()
        measures = Self.measures(fact, mentions, claims, context, recognizer.subjects)
        let known = Set(statement.tokens.compactMap { $0.kind == .word && $0.word != Lexicon.unknown ? $0.word : nil })
        words = known.sorted().map { word in
            let weight = 1 - Double(counts[word] ?? 1) / Double(total + 1)
            return (word, weight * weight * weight)
        }
        totalWeight = words.reduce(0) { $0 + $1.weight }
    }

    private static func measures(
        _ fact: Fact, _ mentions: [SubjectMention], _ claims: [QuantityClaim], _ context: [Feature], _ words: SubjectWords
    ) -> MeasureSet {
        if let each = words.each, claims.contains(where: \.isForEachWeight) { return MeasureSet([each]) }
        // What is part of a quantity ("bits per weight") is not what it is about.
        var measures = MeasureSet(
            mentions.lazy.filter { mention in !claims.contains { $0.tokens.overlaps(mention.tokens) } }.map(\.feature))
        measures.formUnion(MeasureSet(claims.compactMap { words.implied[$0.dimension] }))
        if let quantity = fact.quantity { measures.formUnion(MeasureSet([words.impliedByKind[quantity.kind.rawValue]].compactMap(\.self))) }
        if measures.isSubset(of: words.vague) { measures.formUnion(MeasureSet(context)) }
        // "4-bit weights made it faster" is not about what the weights take.
        let others = measures.subtracting(words.faint)
        return others.ids.contains { !words.apart[Int($0)].isEmpty } ? others : measures
    }
}
