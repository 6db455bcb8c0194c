import Dispatch
import ExplainerKit
import Foundation
import HTTPD
import Logging
import Synchronization

/// The wish for a reload. Whoever asks while one is under way gets one more, together with all who ask meanwhile.
final class ReloadRequest: Sendable {
    private let isMade = Atomic(false)
    private let bell = DispatchSemaphore(value: 0)

    @Sendable func make() {
        if !isMade.exchange(true, ordering: .sequentiallyConsistent) { bell.signal() }
    }

    /// Returns when somebody has asked, or does.
    func wait() {
        bell.wait()
        isMade.store(false, ordering: .sequentiallyConsistent)
    }
}

/// Builds a new snapshot beside the one that is served, on a thread of its own, and has it taken over whole or not at all.
final class Reloader: Sendable {
    private let source: ConfigSource
    /// With which the service was started.
    private let settings: Settings
    private let state: ServiceState
    private let logger: Logger
    /// Serves another site from now on; returns when the one before is used no more.
    private let install: @Sendable (Site, Settings) -> Void

    init(
        _ source: ConfigSource, settings: Settings, state: ServiceState, logger: Logger,
        install: @escaping @Sendable (Site, Settings) -> Void
    ) {
        self.source = source
        self.settings = settings
        self.state = state
        self.logger = logger
        self.install = install
    }

    /// Reloads whenever it is asked to; never returns.
    ///
    /// - Parameter digest: of the snapshot that is served.
    func run(_ request: ReloadRequest, serving digest: String) -> Never {
        var digest = digest
        while true {
            request.wait()
            if let next = reload(serving: digest) { digest = next }
            // Here nothing of the reload is alive any more, whether it succeeded or not.
            FreedMemory.giveBack()
        }
    }

    /// - Returns: the digest of what is served instead; nil if nothing changed.
    private func reload(serving digest: String) -> String? {
        let start = ContinuousClock.now
        do throws(LoadingErrors) {
            let files = try source.files()
            if files.digest == digest {
                state.record(.unchanged)
                logger.info("reload: nothing has changed", metadata: ["snapshot": "\(digest)"])
                return nil
            }
            let loaded = try source.load(files, running: settings)
            for warning in loaded.site.snapshot.warnings { logger.warning("\(source.line(warning))") }
            for name in settings.restartOnly(against: loaded.settings) {
                logger.warning("\(name) has changed, which only a restart can take over", metadata: ["setting": "\(name)"])
            }
            // Before it is served, so that no answer is slower for it.
            loaded.site.prepare()
            let next = loaded.site.snapshot.digest
            install(loaded.site, loaded.settings)
            state.record(.success)
            logger.info(
                "reload: serving new content", metadata: ["snapshot": "\(next)", "seconds": "\((ContinuousClock.now - start).seconds)"])
            return next
        } catch {
            let errors = error.problems.filter { $0.severity == .error }
            state.record(.failure, problems: errors.map(source.line))
            for problem in error.problems {
                logger.log(
                    level: problem.severity == .error ? .error : .warning, "\(source.line(problem))",
                    metadata: ["file": "\(problem.file)", "line": .stringConvertible(problem.line ?? 0)])
            }
            logger.error(
                "reload: \(source.folder) cannot be served; the content that was loaded before stays", metadata: ["snapshot": "\(digest)"])
            return nil
        }
    }
}

extension Duration {
    /// With the fraction that a double keeps.
    var seconds: Double { self / .seconds(1) }
}
