/// Everything loaded and composed from one valid state of a configuration, immutable, with a content digest.
package struct Snapshot: Sendable {
    /// By id.
    package let topics: [Topic]
    /// `sha256:` and 64 hex digits over all files.
    package let digest: String
    package let warnings: [Problem]

    /// How much of a configuration is checked beyond what it takes to read it.
    package enum Judging: Sendable {
        case everything
        /// Not the explainers: for those who are still at work on the rules.
        case rules
        /// These very files have passed before; there are no warnings then, and the gate is made when it is first needed.
        case nothing
    }

    /// Loads and checks all topics of a configuration.
    ///
    /// - Throws: `LoadingErrors` with everything that is wrong, warnings included; nothing is half-loaded.
    package init(_ files: ConfigFiles, judging: Judging = .everything) throws(LoadingErrors) {
        let log = ProblemLog()
        let ids = files.folders(in: "topics")
        if ids.isEmpty { log.error("topics", nil, "there is no topic; a topic is a folder topics/<id>/ with a topic.yaml") }
        topics = ids.compactMap { TopicReader(id: $0, files: files, log: log, isKnown: judging == .nothing).read() }
        var owners: [String: Origin] = [:]
        for fact in topics.flatMap(\.facts) {
            if let owner = owners[fact.id], owner.file.topicFolder != fact.origin.file.topicFolder {
                log.error(fact.origin, "duplicate fact \"\(fact.id)\"; it already stands at \(owner.file):\(owner.line)")
            }
            owners[fact.id] = fact.origin
        }
        if !log.hasErrors, judging != .nothing {
            // A full piece is the standard one with its evidence: what it misses has been said.
            for row in topics.flatMap({ ContentReport(topic: $0).rows }) where row.key.length != .full {
                for miss in row.misses { log.error(row.origin, miss) }
            }
            for topic in topics where judging == .everything { OwnContentCheck(files: files, log: log).check(topic) }
        }
        guard !log.hasErrors else { throw LoadingErrors(problems: log.sorted) }
        warnings = log.sorted
        digest = files.digest
    }

    package func topic(_ id: String) -> Topic? { topics.first { $0.id == id } }
}

extension String {
    /// "topics" and the topic's id, of a path below its folder.
    fileprivate var topicFolder: [Substring] { Array(split(separator: "/").prefix(2)) }
}
