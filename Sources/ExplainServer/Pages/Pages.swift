import ExplainerKit

/// The HTML pages, rendered from templates.
struct Pages: Sendable {
    private let snapshot: Snapshot
    private let defaultTopic: Topic
    private let publicURL: String

    init(snapshot: Snapshot, defaultTopic: Topic, publicURL: String) {
        self.snapshot = snapshot
        self.defaultTopic = defaultTopic
        self.publicURL = publicURL
    }

    static let styleSheet = ""

    func index() -> String { "" }
    func explainer(_ explainer: Explainer, in topic: Topic) -> String { "" }
    func facts(_ answer: FactQuery.Answer, query: FactQuery, parameters: Parameters, in topic: Topic, next: String?) -> String { "" }
    func fact(_ fact: Fact, in topic: Topic) -> String { "" }
    func list(_ list: CatalogueList, in topic: Topic) -> String { "" }
    func entry(_ entry: ListEntry, of list: CatalogueList, in topic: Topic) -> String { "" }
    func problem(_ problem: HTTPProblem) -> String { "" }
}
