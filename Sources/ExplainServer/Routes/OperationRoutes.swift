import ExplainerKit
import Foundation
import HTTPD

extension Site {
    /// What an operator asks: is the process there, does it serve, which version is it.
    static let operationRoutes: [Route] = [
        Route("/healthz", [.text, .json], "Whether the process is alive.") { call throws(HTTPProblem) in
            try call.parameters.check()
            return call.health("ok", members: [("status", .string("ok"))])
        },
        Route(
            "/readyz", [.text, .json],
            "Whether content is served that may be asked for, and whether the newest configuration could be loaded."
        ) {
            call throws(HTTPProblem) in
            try call.parameters.check()
            guard !call.state.isDraining else { return call.health("draining", members: [("status", .string("draining"))], status: 503) }
            let failure = call.state.reloads.failure
            let snapshot = call.site.snapshot.digest
            var members: [(String, JSON)] = [("status", .string("ready")), ("snapshot", .string(snapshot))]
            if let failure {
                members.append(
                    ("reload", .object([("failed_since", .string(timestamp(failure.since))), ("problems", .strings(failure.shown))]))
                )
            }
            let detail = failure.map { ["the configuration cannot be loaded since \(timestamp($0.since)); \(snapshot) stays"] + $0.shown }
            return call.health((["ready"] + (detail ?? [])).joined(separator: "\n"), members: members)
        },
        Route(
            "/version", [.json, .text],
            "Version of the program, of the HTTP library, of Swift and of the content, and the time of the start."
        ) {
            call throws(HTTPProblem) in
            try call.parameters.check()
            var versions = [
                ("name", "explain-server"), ("version", Version.text), ("libmicrohttpd", Server.libraryVersion), ("swift", Version.swift),
                ("snapshot", call.site.snapshot.digest),
            ]
            if let started = call.state.started { versions.append(("started", timestamp(started))) }
            let bytes =
                call.format == .json
                ? JSON.object(versions.map { ($0.0, .string($0.1)) }).bytes
                : Array(versions.map { "\($0.0): \($0.1)\n" }.joined().utf8)
            var content = call.content(bytes, at: "/version", parameters: [])
            // The time of the start is another one on the next replica.
            content.isCacheable = call.state.started == nil
            return .content(content)
        },
    ]
}

extension Site {
    /// Whether those who watch over the service ask here: they must get an answer however often they do.
    static let isForProbes: @Sendable (_ path: String) -> Bool = { path in
        ["/healthz", "/readyz", "/metrics"].contains { path == $0 || path.hasPrefix($0 + ".") }
    }
}

extension ReloadHistory.Failure {
    /// The first problems: everybody may ask, and the log has them all.
    fileprivate var shown: [String] {
        let most = 5
        return problems.prefix(most) + (problems.count > most ? ["… and \(problems.count - most) more; the log has them all"] : [])
    }
}

/// Seconds since 1970 as RFC 3339 writes them.
func timestamp(_ seconds: Int) -> String { Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601) }

extension Call {
    fileprivate func health(_ word: String, members: [(String, JSON)], status: Int = 200) -> Answer {
        let bytes = format == .json ? JSON.object(members).bytes : Array("\(word)\n".utf8)
        if status != 200 {
            var outcome = Outcome(format.mediaType, bytes)
            outcome.status = status
            return .outcome(outcome)
        }
        var content = content(bytes, at: path, parameters: [])
        content.isCacheable = false
        return .content(content)
    }
}
