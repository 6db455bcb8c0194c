import ExplainerKit
import HTTPD

extension Site {
    /// `/`: a page for people, a description of every resource for programs.
    static let indexRoute: Route = Route("/", [.json, .html], "This index.") { call throws(HTTPProblem) in
        try call.parameters.check()
        guard call.format == .json else { return .content(call.content(Array(call.site.pages.index().utf8), at: "/", parameters: [])) }
        let snapshot = call.site.snapshot
        let resources = Site.routes.routes.map { route in
            JSON.object([
                ("path", .string(route.pattern.replacing(":id", with: "{id}"))), ("summary", .string(route.summary)),
                ("methods", .strings(route.method == .post ? ["POST", "OPTIONS"] : ["GET", "HEAD", "OPTIONS"])),
                ("formats", .strings(route.formats.map(\.rawValue))),
                ("parameters", .strings(route.parameters + (route.formats.count > 1 ? ["format"] : []))),
            ])
        }
        let body = JSON.object([
            ("name", .string("explain-server")), ("version", .string(Version.text)), ("snapshot", .string(snapshot.digest)),
            ("topics", .strings(snapshot.topics.map(\.id))), ("default_topic", .string(call.site.defaultTopic.topic.id)),
            ("audiences", .strings(call.site.defaultTopic.topic.audiences.map(\.id))),
            ("triggers", .strings(call.site.defaultTopic.topic.triggers.map(\.id))),
            ("lengths", .strings(Length.allCases.map(\.rawValue))), ("resources", .array(resources)),
            (
                "links",
                .object([
                    ("explain", .string("/explain")), ("facts", .string("/facts")), ("lint", .string("/lint")),
                    ("version", .string("/version")),
                ])
            ),
        ])
        return .content(call.content(body.bytes, at: "/", parameters: []))
    }
}
