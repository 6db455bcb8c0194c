/// What a claim is about: what its clause names, what the other clauses of its sentence name, and what the sentences before it spoke of.
struct ClaimSubject {
    var clause = Features()
    /// Of the nearest clause before it that names the kind.
    var before = Features()
    var after = Features()
    var carried = Features()
    /// Lengths of texts, in tokens, that the sentence names beside the claim.
    var lengths: [Double] = []
    var words: SeenWords

    init(words: SeenWords) { self.words = words }

    /// The features of each kind, in their order.
    struct Features {
        var models: [Feature] = []
        var hardware: [Feature] = []
        var methods: [Feature] = []
        var types: [Feature] = []
        var engines: [Feature] = []
        var tests: [Feature] = []
        var bits: [Feature] = []
        var measures: [Feature] = []

        init() {}

        init(_ mentions: some Sequence<SubjectMention>) {
            for mention in mentions { self[mention.feature.kind].append(mention.feature) }
        }

        subscript(kind: Feature.Kind) -> [Feature] {
            get {
                switch kind {
                case .model: models
                case .hardware: hardware
                case .method: methods
                case .type: types
                case .engine: engines
                case .test: tests
                case .bits: bits
                case .measure: measures
                }
            }
            set {
                switch kind {
                case .model: models = newValue
                case .hardware: hardware = newValue
                case .method: methods = newValue
                case .type: types = newValue
                case .engine: engines = newValue
                case .test: tests = newValue
                case .bits: bits = newValue
                case .measure: measures = newValue
                }
            }
        }
    }

    /// What the clause names, or else the clauses before it, or else those behind it.
    func near(_ kind: Feature.Kind) -> [Feature] {
        if !clause[kind].isEmpty { return clause[kind] }
        // A clause that names a form by its width is not about the type that another clause names, and the other way round.
        if kind == .type, !clause.bits.isEmpty { return [] }
        return before[kind].isEmpty ? after[kind] : before[kind]
    }

    /// Whether only a later clause names the kind, which need not be what this claim is about.
    func isLater(_ kind: Feature.Kind) -> Bool { clause[kind].isEmpty && before[kind].isEmpty && !after[kind].isEmpty }

    func all(_ kind: Feature.Kind) -> [Feature] { clause[kind] + before[kind] + after[kind] }

    /// What the claim is about by name, for messages.
    var named: [Feature] { near(.model) + near(.hardware) + near(.type) + near(.test) }
}
