import ExplainerKit
import HTTPD

/// Everything that is measured, as an operator's Prometheus reads it.
struct Metrics: Sendable {
    let site: Site
    let state: ServiceState
    let instruments: Instruments

    var text: String {
        var out = Exposition()
        addRequests(to: &out)
        addContent(to: &out)
        addReloads(to: &out)
        addLint(to: &out)
        out.add("explain_draining", .gauge, "1 while the service is about to stop.", state.isDraining ? 1 : 0)
        let build = [("version", Version.text), ("libmicrohttpd", Server.libraryVersion), ("swift", Version.swift)]
        out.add(
            "explain_build_info", .gauge, "Versions of the program and of what it is built on.",
            [(build.map { (name: $0.0, value: $0.1) }, 1)])
        out.add(ProcessFigures.now())
        return out.text
    }

    private func addRequests(to out: inout Exposition) {
        let labels = Site.routes.labels
        out.addHistograms(
            "explain_http_request_duration_seconds",
            "From the first line of a request to the last byte of its answer, by route, method and class of status.",
            bounds: Instruments.bounds.map { Double($0) / 1e9 },
            instruments.series.map { series in
                (
                    [("route", labels[series.route]), ("method", series.method), ("status", "\(series.statusClass)xx")], series.counts,
                    Double(series.nanoseconds) / 1e9
                )
            }
        )
        out.add(
            "explain_http_requests_in_flight", .gauge, "Requests that have begun and have no whole answer yet.",
            Double(instruments.requestsInFlight))
        out.add(
            "explain_http_requests_cut_total", .counter, "Requests that ended without a whole answer, because somebody hung up.",
            Double(instruments.requestsCut))
        out.add("explain_http_connections", .gauge, "Open connections.", Double(instruments.connections))
        out.add(
            "explain_http_connections_accepted_total", .counter, "Connections that were accepted.", Double(instruments.connectionsAccepted))
        out.add("explain_http_request_body_bytes_total", .counter, "Bytes of bodies that were received.", Double(instruments.bytesReceived))
        out.add("explain_http_response_body_bytes_total", .counter, "Bytes of bodies that were answered.", Double(instruments.bytesSent))
        out.add(
            "explain_log_requests_lost_total", .counter, "Requests that are not in the log, because its reader is too slow.",
            Double(instruments.requestsUnlogged))
    }

    private func addContent(to out: inout Exposition) {
        let topics = site.snapshot.topics
        out.add("explain_snapshot_info", .gauge, "The content that is served.", [([("digest", site.snapshot.digest)], 1)])
        out.add(
            "explain_facts", .gauge, "Facts by topic and status.",
            topics.flatMap { topic in
                Fact.Status.allCases.map { status in
                    ([("topic", topic.id), ("status", status.rawValue)], Double(topic.facts.count { $0.status == status }))
                }
            }
        )
        out.add("explain_explainers", .gauge, "Explainers by topic.", topics.map { ([("topic", $0.id)], Double($0.explainers.count)) })
    }

    private func addReloads(to out: inout Exposition) {
        let reloads = state.reloads
        out.add(
            "explain_reloads_total", .counter, "Reloads of the configuration, by what came of them.",
            ReloadHistory.Result.allCases.map { ([("result", $0.rawValue)], Double(reloads.counts[$0] ?? 0)) }
        )
        out.add(
            "explain_last_reload_successful", .gauge, "0 while the newest configuration is refused and an older one is served.",
            reloads.failure == nil ? 1 : 0)
        out.add(
            "explain_last_reload_success_timestamp_seconds", .gauge, "When the content that is served was loaded, in seconds since 1970.",
            Double(reloads.lastSuccess))
    }

    private func addLint(to out: inout Exposition) {
        let lint = state.lint
        // Every rule is there before it first finds something, so that rates are right.
        let rules = site.snapshot.topics.flatMap { $0.gate.rules.map(\.id) } + lint.findings.keys.sorted()
        out.add("explain_lint_texts_total", .counter, "Texts that clients had checked.", Double(lint.texts))
        out.add("explain_lint_bytes_total", .counter, "Bytes of texts that clients had checked.", Double(lint.bytes))
        out.add(
            "explain_lint_findings_total", .counter, "What the style gate found in the texts of clients, by rule.",
            rules.uniqued().map { ([("rule", $0)], Double(lint.findings[$0] ?? 0)) }
        )
    }
}

extension Metrics {
    /// Answers on the listener for metrics, which has nothing else.
    @Sendable func respond(_ request: borrowing Request) -> Response {
        guard request.path == "/metrics" else { return Self.plain(404, "Here is only /metrics.") }
        guard request.method == .get || request.method == .head else {
            return Self.plain(405, "/metrics answers GET and HEAD.", [Field("Allow", "GET, HEAD")])
        }
        return .once(
            status: 200, headers: [Field("Content-Type", Exposition.mediaType), Field("Cache-Control", "no-store")], body: Array(text.utf8))
    }

    /// What the gate would not let through.
    @Sendable func refuse(_ refusal: Refusal) -> Response { Self.plain(refusal.status, refusal.reason.explanation) }

    private static func plain(_ status: Int, _ line: String, _ headers: [Field] = []) -> Response {
        .once(status: status, headers: [Field("Content-Type", Format.text.mediaType)] + headers, body: Array((line + "\n").utf8))
    }
}
