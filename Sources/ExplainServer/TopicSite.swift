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
        _ = prepared.storeIfNil(PreparedExplainers(topic.explainers, renderer: renderer, headers: headers))
    }

    /// The prepared answer for an explainer; nil before `prepare` has run.
    func explainer(_ index: Int, _ format: Format, isTriggerNamed: Bool, isNegotiated: Bool) -> PreparedAnswer? {
        prepared.load()?.answer(index, format, isTriggerNamed: isTriggerNamed, isNegotiated: isNegotiated)
    }
}

/// The explainers of a topic in every form, ready to be sent.
private final class PreparedExplainers: Sendable {
    /// One behind the other: for each explainer its forms, each negotiated and fixed (`Vary` differs), and then the JSON for a request
    /// that named no trigger, which says so. That is missing where no such request leads. Flat, so that a look-up counts one reference.
    private let answers: [PreparedAnswer?]
    private static let formats = ExplainerRenderer.formats
    private static let slots = 2 * (formats.count + 1)

    init(_ explainers: [Explainer], renderer: ExplainerRenderer, headers: AnswerHeaders) {
        func pair(_ content: Content) -> [PreparedAnswer?] {
            let negotiated = PreparedAnswer(content, headers: headers, isNegotiated: true)
            return [negotiated, PreparedAnswer(content, headers: headers, isNegotiated: false, sharing: negotiated)]
        }
        let defaultTrigger = renderer.topic.triggers[0].id
        answers = explainers.flatMap { explainer in
            Self.formats.flatMap { pair(renderer.content(explainer, $0, matched: .exact)) }
                + (explainer.trigger.id == defaultTrigger ? pair(renderer.content(explainer, .json, matched: .default)) : [nil, nil])
        }
    }

    func answer(_ index: Int, _ format: Format, isTriggerNamed: Bool, isNegotiated: Bool) -> PreparedAnswer? {
        let isUnnamed = format == .json && !isTriggerNamed
        guard let form = isUnnamed ? Self.formats.count : Self.formats.firstIndex(of: format) else { return nil }
        return answers[index * Self.slots + 2 * form + (isNegotiated ? 0 : 1)]
    }
}
