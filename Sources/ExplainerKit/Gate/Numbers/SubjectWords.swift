/// Something that a sentence names and a quantity can be about.
struct Feature: Hashable, Sendable {
    let kind: Kind
    /// Of a model its family; 0 if only a size is named.
    let id: Int32
    /// Of a model, in hundredths; 0 if none is named.
    var version: Int32 = 0
    /// Of a model, in millions of parameters; 0 if none is named.
    var size: Int32 = 0

    enum Kind: Int, Sendable, CaseIterable { case model, hardware, method, type, engine, test, bits, measure }
}

/// A feature and the tokens that name it.
struct SubjectMention: Sendable {
    let feature: Feature
    let tokens: Range<Int>
    /// Digits in it are no number.
    let isName: Bool
}

/// The words by which texts name what quantities are about, from a topic's `rules/unverified-number.yaml` and its methods.
struct SubjectWords: Sendable {
    private(set) var entities = PhraseTrie<[Feature]>()
    private(set) var measures = PhraseTrie<[Feature]>()
    private(set) var families = HashTable<Int32>()
    private(set) var familyPhrases = PhraseTrie<Int32>()
    private var variants: Set<WordID> = []
    /// Names of features for messages.
    private(set) var names: [Feature: String] = [:]
    private let bit: WordID
    private let bits: WordID
    private let size: WordID
    private let million: WordID
    private let cardinals: WordTable<Double>
    private let joins: Set<WordID>
    private let version: UInt8 = UInt8(ascii: "v")
    /// What is measured in a unit.
    private(set) var implied: [Dimension: Feature] = [:]
    /// What a kind of quantity of the catalogue measures.
    private(set) var impliedByKind: [String: Feature] = [:]
    /// Measures that a fact and a sentence have to share if one of them has it.
    private(set) var sole: MeasureSet = []
    /// Measures that only say which form is meant where another one stands beside them.
    private(set) var faint: MeasureSet = []
    /// What is measured in so many bits per weight.
    private(set) var each: Feature?
    /// Measures that do not say of what.
    private(set) var vague: MeasureSet = []
    /// By the number of a measure those that what is about it has nothing to do with.
    private(set) var apart = [MeasureSet](repeating: [], count: 64)
    /// A fact about the key never holds for a sentence about one of the values.
    private(set) var never = [MeasureSet](repeating: [], count: 64)

    static let keys = [
        "messages", "helps", "models", "variants", "hardware", "tests", "widths", "types", "engines", "measures", "apart", "never",
    ]

    init(_ entry: YAMLMapping, methods: [Method], words: QuantityWords, _ reader: PhraseReader, _ lexicon: inout Lexicon) {
        bit = words.bit
        bits = words.bits
        size = lexicon.intern("b")
        million = lexicon.intern("m")
        cardinals = words.cardinals
        joins = Set(["than", "of", "to", "from", "with", "at", "in", "and", "or"].map { lexicon.intern($0) })
        var phrases: [[TokenKey]: [Feature]] = [:]
        func add(_ phrase: String, _ feature: Feature) {
            let keys = reader.keys(phrase, &lexicon)
            if !keys.isEmpty, !(phrases[keys]?.contains(feature) ?? false) { phrases[keys, default: []].append(feature) }
        }
        for (index, family) in entry.texts("models").enumerated() {
            let id = Int32(index + 1)
            families[WordHash(family.utf8).value] = id
            familyPhrases.add(reader.keys(family, &lexicon), id)
            names[Feature(kind: .model, id: id)] = family
        }
        variants = Set(entry.texts("variants").map { lexicon.intern($0) })
        for (index, item) in entry.mappings("hardware", ["id", "words"]).enumerated() {
            let feature = Feature(kind: .hardware, id: Int32(index + 1))
            names[feature] = item.texts("words").first
            for phrase in item.texts("words") { add(phrase, feature) }
        }
        for (index, item) in entry.mappings("tests", ["id", "words"]).enumerated() {
            let feature = Feature(kind: .test, id: Int32(index + 1))
            names[feature] = item.texts("words").first
            for phrase in item.texts("words") { add(phrase, feature) }
        }
        for item in entry.mappings("widths", ["bits", "words"]) {
            guard let width = item.integer("bits") else { continue }
            for phrase in item.texts("words") { add(phrase, Feature(kind: .bits, id: Int32(width))) }
        }
        for (index, phrase) in entry.texts("types").enumerated() {
            let feature = Feature(kind: .type, id: Int32(index + 1))
            names[feature] = phrase
            add(phrase, feature)
        }
        for (index, item) in entry.mappings("engines", ["id", "words"]).enumerated() {
            let feature = Feature(kind: .engine, id: Int32(index + 1))
            names[feature] = item.texts("words").first
            for phrase in item.texts("words") { add(phrase, feature) }
        }
        for (index, method) in methods.enumerated() {
            let feature = Feature(kind: .method, id: Int32(index + 1))
            names[feature] = method.name
            let types = (phrases[reader.keys(method.name, &lexicon)] ?? []).filter { $0.kind == .type }
            for phrase in [method.name] + method.aliases {
                add(phrase, feature)
                for type in types { add(phrase, type) }
            }
        }
        // "FP16" and the like say no more than a width.
        let widths = phrases.values.filter { features in features.contains { $0.kind == .bits } && !features.contains { $0.kind == .type } }
        let plain = Set(widths.joined().filter { $0.kind == .method })
        for (keys, features) in phrases { entities.add(keys, features.filter { !plain.contains($0) }) }
        phrases = [:]
        var measureIDs: [String: Feature] = [:]
        for (index, item) in entry.mappings("measures", ["id", "words", "units", "kinds", "needed", "faint", "vague", "each"]).enumerated()
        {
            guard index < MeasureSet.limit else {
                item.error("id", "there can be at most \(MeasureSet.limit) measures")
                break
            }
            let feature = Feature(kind: .measure, id: Int32(index + 1))
            measureIDs[item.text("id")] = feature
            names[feature] = item.text("id")
            for unit in item.texts("units") {
                let text = reader.read("2 \(unit)", &lexicon)
                let recognizer = QuantityRecognizer(words: words, subjects: self)
                guard let claim = recognizer.claims(in: text, sentence: 0..<text.tokens.count, startsBlock: false, mentions: []).first
                else { continue }
                implied[claim.dimension] = feature
            }
            for kind in item.texts("kinds") { impliedByKind[kind] = feature }
            if item.flag("needed") { sole.formUnion(MeasureSet([feature])) }
            if item.flag("each") { each = feature }
            if item.flag("vague") { vague.formUnion(MeasureSet([feature])) }
            if item.flag("faint") { faint.formUnion(MeasureSet([feature])) }
            for phrase in item.texts("words") { add(phrase, feature) }
        }
        for (keys, features) in phrases { measures.add(keys, features) }
        for pair in entry.mappings("apart", ["one", "other"]) {
            guard let one = measureIDs[pair.text("one")], let other = measureIDs[pair.text("other")] else { continue }
            apart[Int(one.id)].formUnion(MeasureSet([other]))
            apart[Int(other.id)].formUnion(MeasureSet([one]))
        }
        for pair in entry.mappings("never", ["fact", "sentence"]) {
            guard let one = measureIDs[pair.text("fact")] else { continue }
            never[Int(one.id)].formUnion(MeasureSet(pair.texts("sentence").compactMap { measureIDs[$0] }))
        }
    }

    /// What a sentence names, in the order of its tokens.
    func mentions(in text: TokenizedText, sentence: Range<Int>) -> [SubjectMention] {
        var found: [SubjectMention] = []
        var index = sentence.lowerBound
        while index < sentence.upperBound {
            if let model = model(in: text, at: index, before: sentence.upperBound) {
                found.append(model)
                index = model.tokens.upperBound
            } else if let entity = entities.longest(in: text, at: index, before: sentence.upperBound) {
                for feature in entity.value {
                    found.append(SubjectMention(feature: feature, tokens: index..<entity.end, isName: true))
                }
                index = entity.end
            } else {
                index += 1
            }
        }
        index = sentence.lowerBound
        while index < sentence.upperBound {
            if let measure = measures.longest(in: text, at: index, before: sentence.upperBound) {
                for feature in measure.value { found.append(SubjectMention(feature: feature, tokens: index..<measure.end, isName: false)) }
                index = measure.end
            } else {
                index += 1
            }
        }
        appendWidths(text, sentence, &found)
        return found
    }

    // MARK: Models

    private func model(in text: TokenizedText, at index: Int, before end: Int) -> SubjectMention? {
        let first = text.tokens[index]
        if first.kind == .number {
            guard let size = size(in: text, at: index, before: end) else { return nil }
            return SubjectMention(feature: Feature(kind: .model, id: 0, size: size), tokens: index..<index + 2, isName: false)
        }
        guard first.kind == .word, let (family, version, count) = family(in: text, at: index, before: end) else { return nil }
        var feature = Feature(kind: .model, id: family, version: version)
        var position = index + count
        var lastDigit = version > 0 ? position : index + count
        while position < end, position < index + 12 {
            let next = text.tokens[position]
            if next.kind == .number {
                if let size = size(in: text, at: position, before: end) {
                    if feature.size != 0, !next.flags.contains(.afterHyphen) { break }
                    if feature.size == 0 { feature.size = size }
                    position += 2
                    lastDigit = position
                    continue
                }
                guard feature.version == 0, feature.size == 0, let value = decimal(text, position), value < 20,
                    !isMeasured(text, position, end)
                else { break }
                feature.version = Int32((value * 100).rounded())
                position += 1
                lastDigit = position
            } else if next.kind == .word, next.flags.contains(.glued), next.flags.contains(.afterHyphen) {
                if feature.version == 0, let value = versionWord(text, next) { feature.version = value }
                position += 1
                lastDigit = position
            } else if next.kind == .word,
                variants.contains(next.word)
                    || next.flags.contains(.capitalized) && position == index + count && hasNumber(text, position + 1, end)
            {
                position += 1
            } else {
                break
            }
        }
        return SubjectMention(feature: feature, tokens: index..<max(lastDigit, index + count), isName: true)
    }

    private func hasNumber(_ text: TokenizedText, _ index: Int, _ end: Int) -> Bool {
        index < end && text.tokens[index].kind == .number && text.tokens[index].flags.contains(.afterHyphen)
    }

    /// A percent sign or a unit stands behind the number, so it is no version.
    private func isMeasured(_ text: TokenizedText, _ index: Int, _ end: Int) -> Bool {
        guard index + 1 < end else { return false }
        let next = text.tokens[index + 1]
        if next.kind == .symbol { return true }
        return next.kind == .word
            && (next.word == bit || next.word == bits || next.flags.contains(.glued) && !next.flags.contains(.afterHyphen))
    }

    /// The family that a word names, the version that hangs on it ("Qwen2.5"), and how many tokens that takes.
    private func family(in text: TokenizedText, at index: Int, before end: Int) -> (Int32, Int32, Int)? {
        if let phrase = familyPhrases.longest(in: text, at: index, before: end) {
            guard text.tokens[index].flags.contains(.capitalized) || phrase.end > index + 1 else { return nil }
            return (phrase.value, 0, phrase.end - index)
        }
        guard text.tokens[index].flags.contains(.holdsDigit) else { return nil }
        let characters = text.characters(of: text.tokens[index])
        let letters = characters.prefix { !isDigit($0) }
        guard let id = families[WordHash(letters).value] else { return nil }
        let digits = characters.dropFirst(letters.count).prefix { isDigit($0) || $0 == UInt8(ascii: ".") }
        let version = Decimal(String(decoding: digits, as: UTF8.self))?.number ?? 0
        return (id, version < 100 ? Int32((version * 100).rounded()) : 0, 1)
    }

    private func versionWord(_ text: TokenizedText, _ token: Token) -> Int32? {
        let characters = text.characters(of: token)
        guard let first = characters.first, first | 0x20 == version, characters.count > 1 else { return nil }
        return Decimal(String(decoding: characters.dropFirst(), as: UTF8.self)).flatMap {
            $0.number < 100 ? Int32(($0.number * 100).rounded()) : nil
        }
    }

    /// "7B", "350M": in millions.
    private func size(in text: TokenizedText, at index: Int, before end: Int) -> Int32? {
        guard index + 1 < end, let value = decimal(text, index), value > 0, value < 5000 else { return nil }
        let next = text.tokens[index + 1]
        guard next.kind == .word, next.flags.contains(.glued), !next.flags.contains(.afterHyphen) else { return nil }
        if next.word == size { return Int32((value * 1000).rounded()) }
        return next.word == million && next.flags.contains(.capitalized) ? Int32(value.rounded()) : nil
    }

    private func decimal(_ text: TokenizedText, _ index: Int) -> Double? {
        Decimal(String(decoding: text.characters(of: text.tokens[index]), as: UTF8.self))?.number
    }

    // MARK: Widths

    /// "4-bit", "16 bits"; and in a sentence that has such a width also the bare 16 of "rather than 16".
    private func appendWidths(_ text: TokenizedText, _ sentence: Range<Int>, _ found: inout [SubjectMention]) {
        var hasWidth = false
        for index in sentence where text.tokens[index].kind == .word {
            let word = text.tokens[index].word
            guard word == bit || word == bits, index > sentence.lowerBound, let width = width(text, index - 1) else { continue }
            hasWidth = true
            found.append(SubjectMention(feature: Feature(kind: .bits, id: width), tokens: index - 1..<index + 1, isName: false))
        }
        guard hasWidth else { return }
        for index in sentence.dropFirst() where joins.contains(text.tokens[index - 1].word) && text.tokens[index - 1].kind == .word {
            guard text.tokens[index].kind == .number, let width = width(text, index), [2, 3, 4, 8, 16, 32].contains(width) else { continue }
            if index + 1 < sentence.upperBound {
                let next = text.tokens[index + 1]
                if next.kind == .symbol || next.word == bit || next.word == bits || next.flags.contains(.glued) && next.kind == .word {
                    continue
                }
                if next.kind == .word, !joins.contains(next.word) { continue }
            }
            found.append(SubjectMention(feature: Feature(kind: .bits, id: width), tokens: index..<index + 1, isName: false))
        }
    }

    private func width(_ text: TokenizedText, _ index: Int) -> Int32? {
        let token = text.tokens[index]
        let value = token.kind == .number ? decimal(text, index) : token.kind == .word ? cardinals[token.word] : nil
        return value.flatMap { $0 >= 1 && $0 <= 64 ? Int32($0) : nil }
    }
}
