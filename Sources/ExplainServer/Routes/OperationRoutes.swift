import ExplainerKit
import HTTPD

extension Site {
    /// What an operator asks: is the process there, does it serve, which version is it.
    static let operationRoutes: [Route] = [
        Route("/healthz", [.text, .json], "Whether the process is alive.") { call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(call.health("ok", members: [("status", .string("ok"))]))
        },
        Route("/readyz", [.text, .json], "Whether a snapshot is loaded and served.") { call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(
                call.health("ready", members: [("status", .string("ready")), ("snapshot", .string(call.site.snapshot.digest))])
            )
        },
        Route("/version", [.json, .text], "Version of the program, of the HTTP library and of the content.") { call throws(HTTPProblem) in
            try call.parameters.check()
            let versions = [
                ("name", "explain-server"), ("version", Version.text), ("libmicrohttpd", Server.libraryVersion),
                ("snapshot", call.site.snapshot.digest),
            ]
            let bytes =
                call.format == .json
                ? JSON.object(versions.map { ($0.0, .string($0.1)) }).bytes
                : Array(versions.map { "\($0.0): \($0.1)\n" }.joined().utf8)
            return .content(call.content(bytes, at: "/version", parameters: []))
        },
    ]
}

extension Call {
    fileprivate func health(_ word: String, members: [(String, JSON)]) -> Content {
        var content = content(format == .json ? JSON.object(members).bytes : Array("\(word)\n".utf8), at: path, parameters: [])
        content.isCacheable = false
        return content
    }
}
