/// The words of a language that make a quantity, from `numbers.yaml` of the language.
///
/// A class, so that its tables are shared by all who read with it.
final class QuantityWords: Sendable {
    /// What a word can do beside a number.
    struct Role: OptionSet, Sendable {
        let rawValue: UInt64

        static let less = Role(rawValue: 1 << 4)
        static let more = Role(rawValue: 1 << 5)
        static let cut = Role(rawValue: 1 << 6)
        static let raise = Role(rawValue: 1 << 7)
        static let keep = Role(rawValue: 1 << 8)
        static let lose = Role(rawValue: 1 << 9)
        static let win = Role(rawValue: 1 << 10)
        static let changed = Role(rawValue: 1 << 11)
        static let absolute = Role(rawValue: 1 << 12)
        static let duration = Role(rawValue: 1 << 13)
        static let function = Role(rawValue: 1 << 14)
        static let definite = Role(rawValue: 1 << 15)
        static let label = Role(rawValue: 1 << 16)
        static let month = Role(rawValue: 1 << 17)
        static let ordinal = Role(rawValue: 1 << 18)
        static let clock = Role(rawValue: 1 << 19)
        static let prefix = Role(rawValue: 1 << 20)
        static let share = Role(rawValue: 1 << 21)
        static let rank = Role(rawValue: 1 << 22)
        static let multiplied = Role(rawValue: 1 << 23)
        static let size = Role(rawValue: 1 << 24)
        static let multitude = Role(rawValue: 1 << 25)
        static let oneUnit = Role(rawValue: 1 << 26)
        static let between = Role(rawValue: 1 << 27)
        static let rate = Role(rawValue: 1 << 28)
        static let code = Role(rawValue: 1 << 29)
        static let demand = Role(rawValue: 1 << 30)
        static let lasting = Role(rawValue: 1 << 31)
        static let ratio = Role(rawValue: 1 << 32)
        static let versioned = Role(rawValue: 1 << 33)
        static let filler = Role(rawValue: 1 << 34)
        static let spent = Role(rawValue: 1 << 35)
        static let denial = Role(rawValue: 1 << 36)
        static let dated = Role(rawValue: 1 << 37)
    }

    private let roles: WordTable<Role>
    let cardinals: WordTable<Double>
    let scales: WordTable<Double>
    let suffixes: WordTable<Double>
    let fractions: WordTable<Double>
    let multipliers: WordTable<Double>
    let adverbs: WordTable<Double>
    let units: PhraseTrie<MeasureUnit>
    let idioms: PhraseTrie<Bool>
    let exactness: PhraseTrie<QuantityClaim.Exactness>
    let joins: PhraseTrie<Bool>
    /// Words without which there is no quantity that is not in digits.
    private let figures: WordTable<Bool>
    /// Words with which a quantity or idiom may begin.
    private let beginnings: WordTable<Bool>
    /// Parts of the rates that no unit measures: "answer", "card".
    let rateUnits: WordTable<MeasureUnit>
    let neutralRates: Set<Dimension>
    /// Numbers that are codes wherever they stand.
    let wellKnown: Set<Double>
    /// Single words that the code asks for.
    let a: Set<WordID>
    let and, of, per, each, every, factor, bit, bits, out, `in`, half, than, to: WordID

    static let keys = [
        "cardinals", "scales", "suffixes", "sizes", "multitudes", "fractions", "multipliers", "times", "multiplied", "units", "rates",
        "neutral_rates", "about", "nearly", "over", "under", "less", "more", "cut", "raise", "keep", "lose", "win", "changed",
        "absolute", "duration", "durations", "function", "definite", "between", "joins", "labels", "codes", "well_known",
        "demands", "ratios", "versioned", "fillers", "spent", "denials", "dated", "months", "ordinals", "clock", "prefixes",
        "share", "rank", "one_units", "idioms",
    ]

    init(_ entry: YAMLMapping, _ reader: PhraseReader, _ lexicon: inout Lexicon) {
        a = [lexicon.intern("a"), lexicon.intern("an")]
        and = lexicon.intern("and")
        of = lexicon.intern("of")
        per = lexicon.intern("per")
        each = lexicon.intern("each")
        every = lexicon.intern("every")
        factor = lexicon.intern("factor")
        bit = lexicon.intern("bit")
        bits = lexicon.intern("bits")
        out = lexicon.intern("out")
        `in` = lexicon.intern("in")
        half = lexicon.intern("half")
        than = lexicon.intern("than")
        to = lexicon.intern("to")
        cardinals = Self.values("cardinals", entry, &lexicon)
        scales = Self.values("scales", entry, &lexicon)
        suffixes = Self.values("suffixes", entry, &lexicon)
        fractions = Self.values("fractions", entry, &lexicon)
        multipliers = Self.values("multipliers", entry, &lexicon)
        adverbs = Self.values("times", entry, &lexicon)
        let kinds: [(String, Role)] = [
            ("less", .less), ("more", .more), ("cut", .cut), ("raise", .raise), ("keep", .keep), ("lose", .lose), ("win", .win),
            ("changed", .changed), ("absolute", .absolute), ("duration", .duration), ("durations", .lasting), ("function", .function),
            ("definite", .definite),
            ("labels", .label), ("months", .month), ("ordinals", .ordinal), ("clock", .clock), ("prefixes", .prefix), ("share", .share),
            ("rank", .rank), ("multiplied", .multiplied), ("sizes", .size), ("multitudes", .multitude), ("one_units", .oneUnit),
            ("between", .between), ("rates", .rate), ("codes", .code), ("demands", .demand), ("ratios", .ratio), ("versioned", .versioned),
            ("fillers", .filler), ("spent", .spent),
            ("denials", .denial), ("dated", .dated),
        ]
        var roles = WordTable<Role>()
        for (key, role) in kinds {
            for word in entry.texts(key) {
                let id = lexicon.intern(word)
                roles[id] = (roles[id] ?? []).union(role)
            }
        }
        self.roles = roles
        var others: [String] = []
        var units = PhraseTrie<MeasureUnit>()
        for unit in entry.mappings("units", ["code", "dimension", "factor", "letters", "counted", "words"]) {
            let measure = MeasureUnit(
                dimension: Dimension.named(unit.text("dimension"), among: &others), factor: unit.decimal("factor")?.number ?? 1,
                isLetter: unit.flag("letters"), isCounted: unit.flag("counted"), code: unit.text("code")
            )
            for word in unit.texts("words") { units.add(reader.keys(word, &lexicon), measure) }
        }
        self.units = units
        var rateUnits = WordTable<MeasureUnit>()
        for word in entry.texts("rates") {
            let id = lexicon.intern(word)
            let text = reader.read(word, &lexicon)
            rateUnits[id] =
                units.longest(in: text, at: 0, before: text.tokens.count)?.value
                ?? MeasureUnit(dimension: .named(word, among: &others), factor: 1, isLetter: false, isCounted: true, code: word)
        }
        self.rateUnits = rateUnits
        neutralRates = Set(entry.texts("neutral_rates").compactMap { rateUnits[lexicon.id(of: $0)]?.dimension })
        wellKnown = Set(entry.texts("well_known").compactMap { Double($0) })
        idioms = reader.trie(entry.texts("idioms").map { ($0, true) }, &lexicon)
        joins = reader.trie(entry.texts("joins").map { ($0, true) }, &lexicon)
        let tables = [cardinals, scales, fractions, multipliers, adverbs]
        var figures = WordTable<Bool>()
        for word in 0..<WordID(lexicon.count) {
            let isFigure = tables.contains { $0[word] != nil } || roles[word]?.contains(.multitude) == true || word == half
            if isFigure { figures[word] = true }
        }
        self.figures = figures
        var beginnings = WordTable<Bool>()
        for article in a { beginnings[article] = true }
        self.beginnings = beginnings
        var exactness = PhraseTrie<QuantityClaim.Exactness>()
        let degrees: [(String, QuantityClaim.Exactness)] = [("nearly", .nearly), ("about", .about), ("over", .over), ("under", .under)]
        for (key, value) in degrees {
            for phrase in entry.texts(key) { exactness.add(reader.keys(phrase, &lexicon), value) }
        }
        self.exactness = exactness
    }

    /// Whether a quantity may begin with a token, or an idiom that looks like one.
    func mayBegin(at token: Token) -> Bool {
        isFigure(token) || token.kind == .word && beginnings[token.word] == true || idioms.begins(with: token)
    }

    /// Whether a token is a number or a word that tells how many.
    func isFigure(_ token: Token) -> Bool { token.kind == .number || token.kind == .word && figures[token.word] == true }

    private static func values(_ key: String, _ entry: YAMLMapping, _ lexicon: inout Lexicon) -> WordTable<Double> {
        var table = WordTable<Double>()
        for item in entry.mappings(key, ["value", "words"]) {
            guard let value = item.decimal("value") else { continue }
            for word in item.texts("words") { table[lexicon.intern(word)] = value.number }
        }
        return table
    }

    func roles(of word: WordID) -> Role { roles[word] ?? [] }
}
