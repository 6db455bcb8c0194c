import ExplainerKit

/// A topic made ready for serving.
///
/// A class, because every request holds one: that costs one count instead of one for each part of a topic.
final class TopicSite: Sendable {
    let topic: Topic
    let audiences: Choices<String>
    /// Ids and own phrases; other phrases are matched by their words.
    let triggers: Choices<String>
    let triggerMatcher: PhraseMatcher
    let renderer: ExplainerRenderer
    private let filterChoices: Deferred<[FactQuery.Filter: Choices<String>]>
    /// What is served when nothing is asked for.
    let defaultKey: ExplainerKey
    private let indices: [ExplainerKey: Int]

    init(_ topic: Topic, renderer: ExplainerRenderer) {
        self.topic = topic
        self.renderer = renderer
        audiences = Choices(topic.audiences.map { ([$0.id, $0.name] + $0.aliases, $0.id) })
        triggers = Choices(topic.triggers.map { ([$0.id, $0.phrase], $0.id) })
        let audiences = audiences
        filterChoices = Deferred {
            let filters = FactQuery.Filter.allCases.map { ($0, $0 == .usedIn ? audiences : .named($0.knownValues(in: topic))) }
            return Dictionary(uniqueKeysWithValues: filters)
        }
        triggerMatcher = topic.triggerMatcher
        defaultKey = ExplainerKey(audience: topic.audiences[0].id, trigger: topic.triggers[0].id, length: .standard)
        indices = Dictionary(topic.explainers.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What facts can be asked for by a filter.
    func choices(_ filter: FactQuery.Filter) -> Choices<String> { filterChoices.value[filter] ?? .named([]) }

    /// The place of an explainer among the topic's.
    func index(of key: ExplainerKey) -> Int? { indices[key] }
}
