/// What is explained: everything under one folder of `config/topics/`, checked and cross-referenced.
package struct Topic: Sendable {
    package let id: String
    package let title: String
    package let summary: String
    package let language: String
    /// Date of the content, as `yyyy-mm-dd`.
    package let published: String
    package let themes: [Theme]
    package let sections: [SectionOutline]
    package let bars: Bars
    package let labels: Labels
    /// The first is the default.
    package let audiences: [Audience]
    /// The first is the default.
    package let triggers: [Trigger]
    package let methods: [Method]
    package let analogies: [Analogy]
    package let terms: [Term]
    package let sources: [Source]
    package let facts: [Fact]
    package let charts: [Chart]
    package internal(set) var explainers: [Explainer] = []
    /// What stands for an explainer where only a link to it is shown: a PNG by audience; none where the topic has none.
    package internal(set) var images: [String: [UInt8]] = [:]
    /// Checks texts against the topic's rules and facts; it may be made only now.
    package var gate: Gate { deferredGate.value }
    var deferredGate = Deferred(Gate())
    /// The texts of the topic's prompts; nil where it has none.
    package internal(set) var promptFrame: PromptFrame?

    /// The facts by what they can be asked for; the pieces that use them included.
    var queryIndex: FactIndex { deferredQueryIndex.value }
    var deferredQueryIndex = Deferred(FactIndex())
    let factIndex: [String: Int]
    let sourceIndex: [String: Int]
    var explainerIndex: [ExplainerKey: Int] = [:]

    package func fact(_ id: String) -> Fact? { factIndex[id].map { facts[$0] } }
    package func source(_ id: String) -> Source? { sourceIndex[id].map { sources[$0] } }
    package func explainer(_ key: ExplainerKey) -> Explainer? { explainerIndex[key].map { explainers[$0] } }

    /// The pieces that use a fact, as audience and trigger, each pair once.
    package func uses(of fact: String) -> [FactUse] { useIndex[fact] ?? [] }
    var useIndex: [String: [FactUse]] = [:]
}

/// A subject under which facts are filed.
package struct Theme: Sendable, Equatable {
    package let id: String
    package let name: String
}

/// A section that every piece of the topic has.
package struct SectionOutline: Sendable, Equatable {
    package let role: String
    /// Stands where a piece gives no heading of its own.
    package let heading: String
    /// Which of the piece's analogies the section carries.
    package let analogy: AnalogyPlace?

    package enum AnalogyPlace: String, Sendable, CaseIterable { case central, closing }
}

/// What each piece has to reach; nothing is checked where a bar is not set.
package struct Bars: Sendable, Equatable {
    package var brief = LengthBars()
    package var standard = LengthBars()
    /// The largest share of a piece's sentences that may also stand in another audience's piece of the same trigger and length.
    package var sharedSentences = 1.0

    package struct LengthBars: Sendable, Equatable {
        package var minWords: Int?
        package var maxWords: Int?
        package var minFacts: Int?
        /// Methods that the piece has to name.
        package var methods: [String] = []
    }
}

/// Words of the composed pieces that no writer types.
package struct Labels: Sendable, Equatable {
    package let sources: String
    package let evidence: String
    package let fact: String
    package let figure: String
    package let conditions: String
    package let source: String
    package let glossary: String
    package let inAnalogy: String
    package let inModel: String
    package let stopsHolding: String
    package let detail: String
}

/// Which explainer of a topic.
package struct ExplainerKey: Hashable, Sendable {
    package let audience: String
    package let trigger: String
    package let length: Length

    package init(audience: String, trigger: String, length: Length) {
        self.audience = audience
        self.trigger = trigger
        self.length = length
    }
}

/// A piece that uses a fact.
package struct FactUse: Hashable, Sendable {
    package let audience: String
    package let trigger: String
}
