import ExplainerKit

extension Site {
    /// `/limits`: what a client may take, and what happens beyond it.
    static let limitsRoute: Route = Route(
        "/limits", [.json, .html, .text], "Every limit in force: its value, its unit, and what happens beyond it."
    ) { call throws(HTTPProblem) in
        try call.parameters.check()
        let limits = call.site.limits
        let bytes: [UInt8] =
            switch call.format {
            case .html: Array(call.site.pages.limits(limits).utf8)
            case .text: Array(limits.map { $0.line + "\n" }.joined().utf8)
            default: JSON.object([("limits", .array(limits.map(\.json)))]).bytes
            }
        var content = call.content(bytes, at: "/limits", parameters: [])
        // They belong to this process: another replica may have more cores.
        content.isCacheable = false
        return .content(content)
    }
}
