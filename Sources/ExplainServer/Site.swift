import ExplainerKit
import HTTPD

/// A snapshot made ready for serving.
///
/// A class for the reason that `TopicSite` is one.
final class Site: Sendable {
    let snapshot: Snapshot
    let topics: Choices<TopicSite>
    let defaultTopic: TopicSite
    let headers: AnswerHeaders
    let pages: Pages
    var embedScript: EmbedScript { pages.embedScript }
    /// The longest text that is checked.
    let lintMaxBytes: Int
    /// What a client may take.
    let limits: [Limit]
    /// Origins whose pages may call what only named ones may; in small letters.
    let namedOrigins: Set<String>
    /// What Slack sends is checked with this; nil where no Slack app may ask.
    let slackSignature: SlackSignature?
    let allTopics: [TopicSite]
    private let finiteAnswers = LazyReference<AnswerShelf>()

    /// - Parameters:
    ///   - isStatic: whether the pages are to become files.
    ///   - now: the time, in seconds since 1970.
    /// - Throws: `LoadingErrors` if the settings name a default topic that is not there.
    init(
        snapshot: Snapshot, settings: Settings, isStatic: Bool = false, now: @escaping @Sendable () -> Int = SlackSignature.systemTime
    ) throws(LoadingErrors) {
        guard let first = settings.defaultTopic.map({ snapshot.topic($0) }) ?? snapshot.topics.first else {
            let ids = snapshot.topics.map(\.id).joined(separator: ", ")
            throw LoadingErrors(problems: [
                Problem(file: "default_topic", "there is no topic \"\(settings.defaultTopic ?? "")\"; valid: \(ids)")
            ])
        }
        let pages = Pages(snapshot: snapshot, defaultTopic: first, publicURL: settings.publicURL, isStatic: isStatic)
        let all = snapshot.topics.map { topic in
            TopicSite(
                topic,
                renderer: ExplainerRenderer(
                    topic: topic, isDefaultTopic: topic.id == first.id, digest: snapshot.digest, pages: pages, publicURL: settings.publicURL
                )
            )
        }
        self.snapshot = snapshot
        self.pages = pages
        lintMaxBytes = settings.lintMaxBytes
        limits = settings.limits
        namedOrigins = Set((settings.corsOrigins + [settings.publicURL]).map { $0.lowercased() }).subtracting(["*", ""])
        slackSignature = settings.slackSigningSecret.isEmpty ? nil : SlackSignature(secret: settings.slackSigningSecret, now: now)
        allTopics = all
        topics = Choices(all.map { ([$0.topic.id, $0.topic.title], $0) })
        defaultTopic = all.first { $0.topic.id == first.id } ?? all[0]
        headers = AnswerHeaders(
            anyOrigin: settings.corsOrigins.contains("*"),
            lastModified: HTTPDate.midnight(of: snapshot.topics.map(\.published).max() ?? ""),
            language: first.language, publicURL: settings.publicURL
        )
    }

    /// What is kept of this snapshot's answers. Made by whoever needs it first: the start need not wait for it.
    var shelf: AnswerShelf { finiteAnswers.load() ?? finiteAnswers.storeIfNil(AnswerShelf(finiteAddresses)) }

    /// Makes finite answers in all their codings before they are asked for. Until it is done, requests make what they need: the same bytes.
    func prepare() {
        for address in shelf.addresses where !shelf.isPrepared {
            _ = try? answer(Request(method: .get, target: address))
            guard let slot = shelf.slot(address), let plain = slot.plain, plain.isWorthCoding else { continue }
            for coding in [Coding.brotli, .gzip] { _ = slot.answer(plain, in: coding) }
        }
        // The first to check a text need not wait for the rules.
        for topic in allTopics { _ = topic.topic.gate }
    }

    /// Every resource.
    static let routes: RouteTable = RouteTable(
        [explainRoute, matchRoute] + factRoutes + [mythsRoute] + chartRoutes + lintRoutes + listRoutes + embedRoutes + chatbotRoutes
            + [oembedRoute, mcpRoute, slackRoute, indexRoute] + operationRoutes + [limitsRoute] + partRoutes + LanguageTool.routes
    )
}
