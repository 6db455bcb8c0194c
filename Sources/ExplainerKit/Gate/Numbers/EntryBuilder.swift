/// Works out which values a fact holds: its quantity, its wordings, the figures in its statement and conditions, and what follows from two facts of one subject.
struct EntryBuilder {
    let recognizer: QuantityRecognizer
    let reader: PhraseReader
    private var units: [String: CatalogueUnit] = [:]

    /// One of a unit as a claim; an inverse one is divided by: "17 ms per token" are 1000/17 tokens a second.
    private struct CatalogueUnit {
        var one: QuantityClaim
        var isInverse: Bool

        var dimension: Dimension { one.dimension }
        var isComparison: Bool { one.isComparison }
    }

    init(recognizer: QuantityRecognizer, reader: PhraseReader) {
        self.recognizer = recognizer
        self.reader = reader
    }

    typealias Found = (Dimension, QuantityCatalogue.Entry)

    /// The dimension of a fact's quantity; comparisons are all multiples.
    mutating func dimension(of fact: Fact, _ lexicon: inout Lexicon) -> Dimension? {
        guard let quantity = fact.quantity, let unit = unit(quantity.unit, &lexicon) else { return nil }
        return unit.isComparison ? .ratio : unit.dimension
    }

    // MARK: One fact

    mutating func entries(of fact: Fact, at index: Int32, statement: TokenizedText, _ lexicon: inout Lexicon) -> [Found] {
        let stated = claims(statement)
        var found: [Found] = []
        var main: QuantityClaim?
        if let quantity = fact.quantity, let unit = unit(quantity.unit, &lexicon) {
            let claims = ([quantity.value] + [quantity.lower, quantity.upper].compactMap(\.self)).map { claim($0, unit) }
            main = stated.first { claim in
                claim.isComparison == unit.isComparison
                    && claims.contains { abs($0.value - claim.value) <= max(claim.slack, 0.02 * $0.value) }
            }
            for var claim in claims {
                let form = form(quantity.kind, isPercent: unit.dimension == .percent)
                claim.form = main.map { $0.form == .unknown ? form : $0.form } ?? form
                claim.isDuration = main?.isDuration ?? false
                claim.isChange = isChange(quantity.kind)
                claim.sign = sign(quantity)
                append(claim, of: index, to: &found)
            }
            for wording in quantity.display {
                guard var claim = self.claims(reader.read(wording, &lexicon)).first else { continue }
                if claim.dimension == .none || claim.dimension == .count || claim.dimension == .points, !unit.isComparison {
                    claim.dimension = unit.dimension
                }
                if claim.isComparison {
                    claim.form =
                        main.map { $0.form == .unknown ? form(quantity.kind, isPercent: true) : $0.form }
                        ?? form(quantity.kind, isPercent: true)
                    claim.isDuration = main?.isDuration ?? false
                }
                claim.isChange = isChange(quantity.kind)
                claim.sign = sign(quantity)
                append(claim, of: index, to: &found)
            }
        }
        for claim in stated where main.map({ $0.tokens != claim.tokens && $0.partner.map { stated[$0].tokens } != claim.tokens }) ?? true {
            append(claim, of: index, isCondition: true, to: &found)
        }
        for claim in claims(reader.read(fact.conditions.context ?? "", &lexicon)) {
            append(claim, of: index, isCondition: true, to: &found)
        }
        return found
    }

    private func append(_ claim: QuantityClaim, of fact: Int32, isCondition: Bool = false, to found: inout [Found]) {
        guard claim.value >= 0 else { return }
        if claim.isComparison {
            for (index, multiple) in claim.multiples.enumerated() {
                found.append(
                    (
                        .ratio,
                        entry(
                            fact, multiple.value, multiple.slack, claim, isCondition,
                            isDerived: index > 0 || claim.form != .share || claim.isDuration)
                    ))
            }
        } else {
            found.append((claim.dimension, entry(fact, claim.value, claim.slack, claim, isCondition, isDerived: false)))
            if claim.dimension != .none {
                found.append((.none, entry(fact, claim.value, claim.slack, claim, isCondition, isDerived: false)))
            }
        }
    }

    private func entry(_ fact: Int32, _ value: Double, _ slack: Double, _ claim: QuantityClaim, _ isCondition: Bool, isDerived: Bool)
        -> QuantityCatalogue.Entry
    {
        QuantityCatalogue.Entry(
            fact: fact, value: value, slack: slack, isDerived: isDerived, isChange: claim.isChange, sign: claim.sign,
            isCondition: isCondition,
            form: claim.form, isPercent: claim.dimension == .percent, exactness: claim.exactness)
    }

    private func claims(_ text: TokenizedText) -> [QuantityClaim] {
        text.sentences.flatMap { sentence in
            let mentions = recognizer.subjects.mentions(in: text, sentence: sentence.tokens)
            return recognizer.claims(in: text, sentence: sentence.tokens, startsBlock: false, mentions: mentions)
        }
    }

    /// A topic's unit, as a text would write it: by its sign, or else by its name.
    private mutating func unit(_ unit: Unit, _ lexicon: inout Lexicon) -> CatalogueUnit? {
        if let known = units[unit.code] { return known }
        for wording in [unit.symbol, " \(unit.symbol)", " \(unit.label)", " \(unit.code)"] {
            guard let claim = claims(reader.read("20\(wording)", &lexicon)).first, claim.dimension != .none else { continue }
            let twice = claims(reader.read("40\(wording)", &lexicon)).first ?? claim
            let isInverse = twice.value < claim.value
            var one = claim
            one.value = isInverse ? claim.value * 20 : claim.value / 20
            let found = CatalogueUnit(one: one, isInverse: isInverse)
            units[unit.code] = found
            return found
        }
        return nil
    }

    private func claim(_ value: Decimal, _ unit: CatalogueUnit) -> QuantityClaim {
        var claim = unit.one
        var half = 0.5
        for _ in 0..<value.places { half /= 10 }
        let number = abs(value.number)
        if unit.isInverse, number > 0 {
            claim.value = unit.one.value / number
            claim.slack = claim.value * half / number
        } else {
            claim.value = number * unit.one.value
            claim.slack = half * unit.one.value
        }
        return claim
    }

    private func form(_ kind: Quantity.Kind, isPercent: Bool) -> QuantityClaim.Form {
        switch kind {
        case .reduction: .less
        case .increase: isPercent ? .more : .share
        case .share, .speedup, .ratio: .share
        case .change: .unknown
        case .amount, .rate, .count: .share
        }
    }

    private func isChange(_ kind: Quantity.Kind) -> Bool {
        switch kind {
        case .change, .increase, .reduction: true
        default: false
        }
    }

    private func sign(_ quantity: Quantity) -> Int {
        switch quantity.kind {
        case .change: quantity.value.number < 0 ? -1 : quantity.value.number > 0 ? 1 : 0
        case .increase: 1
        case .reduction: -1
        default: 0
        }
    }

    // MARK: Two facts of one subject

    /// Ratios and differences of amounts that were measured alike: one model, one machine, one kind of count.
    mutating func comparisons(of facts: [Fact], _ lexicon: inout Lexicon) -> [Found] {
        var groups: [String: [Int]] = [:]
        var group: [String: Int] = [:]
        for (index, fact) in facts.enumerated() {
            group[fact.id] = index
            guard let quantity = fact.quantity, !quantity.kind.isComparison, quantity.kind != .count else { continue }
            let key = [fact.conditions.models.joined(separator: ","), quantity.unit.code, fact.conditions.context ?? ""]
            groups[key.joined(separator: "|"), default: []].append(index)
        }
        var pairs = Set<[Int]>()
        for members in groups.values where members.count > 1 && members.count <= 8 {
            for first in members { for second in members where first != second { pairs.insert([first, second]) } }
        }
        // What one fact was computed from belongs together, and so does what shares a part of that.
        var partners: [Int: Set<Int>] = [:]
        for fact in facts {
            let parts = fact.derivedFrom.compactMap { group[$0] }.filter { facts[$0].quantity.map { !$0.kind.isComparison } ?? false }
            for first in parts { for second in parts where first != second { partners[first, default: []].insert(second) } }
        }
        for (first, others) in partners where others.count <= 8 {
            for second in others {
                pairs.insert([first, second])
                for third in others where third != second { pairs.insert([second, third]) }
            }
        }
        var found: [Found] = []
        for pair in pairs.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            found += comparison(facts[pair[0]], at: Int32(pair[0]), facts[pair[1]], &lexicon)
        }
        return found
    }

    private mutating func comparison(_ fact: Fact, at index: Int32, _ other: Fact, _ lexicon: inout Lexicon) -> [Found] {
        guard let first = fact.quantity, let second = other.quantity, first.unit.code == second.unit.code,
            let unit = unit(first.unit, &lexicon),
            first.value.number > 0, second.value.number > 0, first.value.number != second.value.number
        else { return [] }
        // The narrower form is what such a sentence is about.
        if let mine = fact.conditions.bits?.number, let yours = other.conditions.bits?.number, mine > yours { return [] }
        let one = claim(first.value, unit)
        let two = claim(second.value, unit)
        let ratio = one.value / two.value
        let slack = ratio * (one.slack / one.value + two.slack / two.value)
        var found: [Found] = []
        let isScore = unit.dimension == .points || unit.dimension == .perplexity
        if isScore {
            let change = QuantityCatalogue.Entry(
                fact: index, value: abs(one.value - two.value), slack: one.slack + two.slack, isDerived: true, isChange: true,
                sign: one.value > two.value ? 1 : -1, isCondition: false)
            found.append((unit.dimension, change))
        }
        if unit.dimension != .points {
            found.append(
                (
                    .ratio,
                    QuantityCatalogue.Entry(
                        fact: index, value: ratio, slack: slack, isDerived: true, isChange: nil, sign: 0, isCondition: false)
                ))
        }
        return found
    }
}
