import HTTPD

extension Site {
    /// What pages are made with: one style sheet, one script, one icon.
    static let partRoutes: [Route] = [
        Route("/style.css", [.css], "The style sheet of the pages.") { call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(Content(.css, Pages.styleSheet, canonical: "/style.css"))
        },
        Route("/site.js", [.js], "The script of the pages; they work without it.") { call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(Content(.js, Pages.script, canonical: "/site.js"))
        },
        Route("/icon.svg", [.svg], "The icon of the pages.") { call throws(HTTPProblem) in
            try call.parameters.check()
            return .content(Content(.svg, Templates.icon, canonical: "/icon.svg"))
        },
    ]
}
