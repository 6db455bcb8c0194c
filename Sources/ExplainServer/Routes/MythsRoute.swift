import ExplainerKit
import HTTPD

extension Site {
    /// `/myths`: claims that do not hold, with what holds instead.
    static let mythsRoute: Route = Route(
        "/myths", [.json, .html], parameters: ["topic"], "Claims that do not hold, each with the reason and with what holds instead."
    ) { call throws(HTTPProblem) in
        let topic = call.topic().topic
        try call.parameters.check()
        let bytes =
            call.format == .html
            ? Array(call.site.pages.myths(in: topic).utf8)
            : JSON.object([
                ("count", .integer(topic.myths.count)), ("myths", .array(topic.myths.map { $0.json(in: topic) })),
                ("snapshot", .string(call.site.snapshot.digest)),
            ]).bytes
        return .content(call.content(bytes, at: "/myths", parameters: ["topic"], language: topic.language))
    }
}
