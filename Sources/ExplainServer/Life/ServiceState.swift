import ExplainerKit
import Foundation
import HTTPD
import Synchronization

/// What is true of the process and not of its content: since when it serves, whether it is about to stop, how the last reloads went.
final class ServiceState: Sendable {
    /// Seconds since 1970; nil where nothing is served.
    let started: Int?
    private let draining = Atomic(false)
    private let history: Guarded<ReloadHistory>
    private let lintCounts = Guarded(LintCounts())

    init(started: Int? = nil) {
        self.started = started
        history = Guarded(ReloadHistory(lastSuccess: started ?? 0))
    }

    var isDraining: Bool { draining.load(ordering: .relaxed) }

    /// From now on the service asks to be left alone.
    func beginDraining() { draining.store(true, ordering: .relaxed) }

    /// What the style gate was asked.
    var lint: LintCounts { lintCounts.withLock { $0 } }

    /// Takes a lock for as long as it takes to add a few numbers; checking the text took a thousand times as long.
    func count(_ report: LintReport) { lintCounts.withLock { $0.add(report) } }

    var reloads: ReloadHistory { history.withLock { $0 } }

    func record(_ result: ReloadHistory.Result, problems: [String] = [], at now: Int = Int(Date().timeIntervalSince1970)) {
        history.withLock { $0.add(result, problems, now) }
    }
}

/// How the reloads of a process went.
struct ReloadHistory: Equatable, Sendable {
    /// What can come of a reload.
    enum Result: String, CaseIterable, Sendable {
        case success, failure
        /// The files are those that are served already.
        case unchanged
    }

    /// Configurations that could not be taken over since the one that is served.
    struct Failure: Equatable, Sendable {
        /// When the first of them was tried, in seconds since 1970.
        let since: Int
        /// What is wrong with the newest: a line each, with file and line.
        let problems: [String]
    }

    private(set) var counts: [Result: Int] = [:]
    /// When what is served was loaded, in seconds since 1970.
    private(set) var lastSuccess: Int
    /// nil while what is served is what stands in the files.
    private(set) var failure: Failure?

    init(lastSuccess: Int) { self.lastSuccess = lastSuccess }

    fileprivate mutating func add(_ result: Result, _ problems: [String], _ now: Int) {
        counts[result, default: 0] += 1
        switch result {
        case .success:
            lastSuccess = now
            failure = nil
        case .unchanged: failure = nil
        case .failure: failure = Failure(since: failure?.since ?? now, problems: problems)
        }
    }
}
