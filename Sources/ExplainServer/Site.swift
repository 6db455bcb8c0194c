import ExplainerKit
import HTTPD

/// A snapshot made ready for serving: what is finite and often asked for is rendered when it is built.
struct Site: Sendable {
    let snapshot: Snapshot
    let defaultTopic: Topic
    let headers: AnswerHeaders
    let pages: Pages
    /// By topic, in the order of its explainers.
    private let explainers: [String: [PreparedExplainer]]

    /// - Throws: `LoadingErrors` if the settings name a default topic that is not there.
    init(snapshot: Snapshot, settings: Settings) throws(LoadingErrors) {
        guard let topic = settings.defaultTopic.map({ snapshot.topic($0) }) ?? snapshot.topics.first else {
            let ids = snapshot.topics.map(\.id).joined(separator: ", ")
            throw LoadingErrors(problems: [
                Problem(file: "server.yaml", "default_topic: there is no topic \"\(settings.defaultTopic ?? "")\"; valid: \(ids)")
            ])
        }
        let headers = AnswerHeaders(
            anyOrigin: settings.corsOrigins.contains("*"),
            lastModified: HTTPDate.midnight(of: snapshot.topics.map(\.published).max() ?? ""),
            language: topic.language, publicURL: settings.publicURL
        )
        let pages = Pages(snapshot: snapshot, defaultTopic: topic, publicURL: settings.publicURL)
        self.snapshot = snapshot
        self.headers = headers
        self.pages = pages
        defaultTopic = topic
        var explainers: [String: [PreparedExplainer]] = [:]
        for each in snapshot.topics {
            let renderer = ExplainerRenderer(
                topic: each, isDefaultTopic: each.id == topic.id, digest: snapshot.digest, pages: pages, publicURL: settings.publicURL
            )
            explainers[each.id] = each.explainers.map { PreparedExplainer($0, renderer: renderer, headers: headers) }
        }
        self.explainers = explainers
    }

    /// The prepared answer for an explainer, or nil if the topic has no such piece.
    func explainer(_ key: ExplainerKey, of topic: Topic, _ format: Format, isTriggerNamed: Bool, isNegotiated: Bool) -> PreparedAnswer? {
        guard let index = topic.index(of: key), let prepared = explainers[topic.id]?[index] else { return nil }
        return prepared.answer(format, isTriggerNamed: isTriggerNamed, isNegotiated: isNegotiated)
    }

    /// Every resource.
    static let routes = RouteTable(
        [explainRoute, matchRoute] + factRoutes + listRoutes + [indexRoute] + operationRoutes + [styleRoute]
    )
}

/// One explainer in every form, ready to be sent.
struct PreparedExplainer: Sendable {
    private let forms: [Format: Pair]
    /// The JSON for a request that named no trigger, which says so; nil where no such request leads here.
    private let unnamed: Pair?

    /// The same content for a negotiated address and for one that fixed the form: `Vary` differs.
    private struct Pair {
        let negotiated: PreparedAnswer
        let fixed: PreparedAnswer

        init(_ content: Content, _ headers: AnswerHeaders) {
            negotiated = PreparedAnswer(content, headers: headers, isNegotiated: true)
            fixed = PreparedAnswer(content, headers: headers, isNegotiated: false)
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
