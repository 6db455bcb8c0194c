import ExplainerKit
import HTTPD
import Synchronization

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
    /// What is served when nothing is asked for.
    let defaultKey: ExplainerKey
    private let indices: [ExplainerKey: Int]
    /// In the order of the topic's explainers; not there until `prepare` has run.
    private let prepared = AtomicLazyReference<PreparedExplainers>()

    init(_ topic: Topic, renderer: ExplainerRenderer) {
        self.topic = topic
        self.renderer = renderer
        audiences = Choices(topic.audiences.map { ([$0.id, $0.name] + $0.aliases, $0.id) })
        triggers = Choices(topic.triggers.map { ([$0.id, $0.phrase], $0.id) })
        triggerMatcher = topic.triggerMatcher
        defaultKey = ExplainerKey(audience: topic.audiences[0].id, trigger: topic.triggers[0].id, length: .standard)
        indices = Dictionary(topic.explainers.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The place of an explainer among the topic's.
    func index(of key: ExplainerKey) -> Int? { indices[key] }

    /// Renders every explainer in every form. Until it is done, requests render what they need: the same bytes, more slowly.
    func prepare(_ headers: AnswerHeaders) {
        _ = prepared.storeIfNil(PreparedExplainers(topic.explainers.map { PreparedExplainer($0, renderer: renderer, headers: headers) }))
    }

    /// The prepared answer for an explainer; nil before `prepare` has run.
    func explainer(_ index: Int, _ format: Format, isTriggerNamed: Bool, isNegotiated: Bool) -> PreparedAnswer? {
        prepared.load()?.explainers[index].answer(format, isTriggerNamed: isTriggerNamed, isNegotiated: isNegotiated)
    }
}

/// The explainers of a topic, ready to be sent.
private final class PreparedExplainers: Sendable {
    let explainers: [PreparedExplainer]

    init(_ explainers: [PreparedExplainer]) { self.explainers = explainers }
}

/// One explainer in every form, ready to be sent.
private struct PreparedExplainer: Sendable {
    private let forms: [Format: Pair]
    /// The JSON for a request that named no trigger, which says so; nil where no such request leads here.
    private let unnamed: Pair?

    /// The same content for a negotiated address and for one that fixed the form: `Vary` differs.
    private struct Pair {
        let negotiated: PreparedAnswer
        let fixed: PreparedAnswer

        init(_ content: Content, _ headers: AnswerHeaders) {
            negotiated = PreparedAnswer(content, headers: headers, isNegotiated: true)
            fixed = PreparedAnswer(content, headers: headers, isNegotiated: false, sharing: negotiated)
        }
    }

    init(_ explainer: Explainer, renderer: ExplainerRenderer, headers: AnswerHeaders) {
        forms = Dictionary(
            uniqueKeysWithValues: ExplainerRenderer.formats.map { ($0, Pair(renderer.content(explainer, $0, matched: .exact), headers)) }
        )
        let isDefault = explainer.trigger.id == renderer.topic.triggers[0].id
        unnamed = isDefault ? Pair(renderer.content(explainer, .json, matched: .default), headers) : nil
    }

    func answer(_ format: Format, isTriggerNamed: Bool, isNegotiated: Bool) -> PreparedAnswer? {
        let pair = format == .json && !isTriggerNamed ? unnamed : forms[format]
        return isNegotiated ? pair?.negotiated : pair?.fixed
    }
}
