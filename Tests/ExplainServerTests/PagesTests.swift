import ExplainerKit
import HTTPD
import Testing

@testable import ExplainServer

struct PagesTests {
    private let app: App

    init() throws { app = try TrickyTopic.shared.get() }

    /// One address of every kind of page, and what makes it look different.
    static let pages = [
        "/", "/explain", "/explain?audience=cook&trigger=boil-it-in-numbers&length=full", "/explain?length=brief", "/facts",
        "/facts?theme=heat&status=verified,derived&sort=-year&limit=1", "/facts?q=kettle", "/facts?q=nothing-has-this",
        "/facts?status=refuted,unsupported", "/facts/kettle-time", "/facts/kettle-saving", "/facts/lid-documented",
        "/facts/myth-instant",
        "/topics", "/topics/tea", "/audiences", "/audiences/cook", "/triggers", "/triggers/boil-it-simply", "/analogies",
        "/analogies/warm-bath", "/methods", "/methods/kettle", "/methods/pan", "/sources", "/sources/tea-paper", "/myths", "/charts",
        "/charts/wait",
    ]

    static let problemPages: [(target: String, status: Int)] = [
        ("/explain?audience=cok", 400), ("/explain?audience=cok&lenth=brief&length=", 400),
        ("/facts?theme=heet&sort=up&q=tea", 400),
        ("/facts?cursor=nobody", 400), ("/kettles", 404), ("/fact", 404), ("/facts/kettle-tyme", 404), ("/methods/kettel", 404),
        ("/explain.md?format=json", 400), ("/explain?heading=2", 400),
    ]

    // MARK: Safe

    @Test(arguments: [
        "/facts?q=%3Cscript%3Ealert(1)%3C/script%3E", "/facts?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&theme=heat",
        "/facts?theme=%3Cscript%3E", "/facts?cursor=%3Cscript%3E", "/facts?%3Cscript%3E=1", "/facts?model=%22%3E%3Cscript%3E",
        "/explain?audience=%3Cscript%3E", "/explain?trigger=%22onload=%22%3Cscript%3E", "/explain?format=%3Cscript%3E",
        "/%3Cscript%3E", "/facts/%3Cscript%3E", "/methods/%22%3E%3Cscript%3E", "/sources/x?topic=%3Cscript%3E",
    ])
    func `repeats markup from an address as text`(target: String) throws {
        let page = app.page(target)
        #expect(page.header("Content-Type") == "text/html; charset=utf-8")
        #expect(page.text.lowercased().components(of: "<script") == 1, "the service's own")
    }

    @Test(arguments: pages + problemPages.map(\.target))
    func `has the service's one script and one style sheet, and nothing from elsewhere`(target: String) throws {
        let page = app.page(target).text
        #expect(page.components(of: "<script") == 1)
        for part in ["<style", "<iframe", "<img", "javascript:", "data:", "http-equiv"] {
            #expect(!page.contains(part))
        }
        for tag in Markup(page).tags {
            let names = tag.attributes.map(\.name)
            #expect(!names.contains("style"), "\(tag.text)")
            #expect(!names.contains { $0.hasPrefix("on") }, "\(tag.text)")
            if tag.name == "script" { #expect(tag["src"]?.hasPrefix("/site.js?") == true && page.contains("\" defer></script>")) }
            if tag.name == "link", tag["rel"] == "stylesheet" { #expect(tag["href"]?.hasPrefix("/style.css") == true) }
        }
    }

    @Test(arguments: pages)
    func `shows what writers typed as text`(target: String) throws {
        let html = app.page(target).text
        for typed in ["<quickly>", "<first>", "<left>", "<revised>", "<from cold>", "<a little>", "<soon>", "<flag>"] {
            #expect(!html.contains(typed))
        }
        #expect(!html.contains(" & "))
    }

    // MARK: Complete

    @Test(arguments: pages)
    func `is a whole document with one title, one heading of the first level and no level left out`(target: String) throws {
        let page = app.page(target)
        #expect(page.status == 200)
        let markup = Markup(page.text)
        #expect(page.text.hasPrefix("<!doctype html>"))
        #expect(markup.tags.first { $0.name == "html" }?["lang"] == "en")
        #expect(markup.tags.prefix { $0.name != "body" }.count { $0.name == "title" } == 1)
        #expect(markup.tags.contains { $0["class"] == "skip" && $0["href"] == "#main" })
        let levels = markup.tags.compactMap { $0.name.count == 2 && $0.name.first == "h" ? Int($0.name.dropFirst()) : nil }
        #expect(levels.first == 1)
        #expect(levels.count { $0 == 1 } == 1)
        for (above, below) in zip(levels, levels.dropFirst()) { #expect(below <= above + 1, "h\(above), then h\(below)") }
        #expect(!page.text.contains("{{") && !page.text.contains("Optional("))
    }

    @Test func `leads only to what is there`() throws {
        var open = Self.pages + Self.problemPages.map(\.target)
        var seen = Set(open)
        while let target = open.popLast() {
            let page = app.page(target)
            let isKnownProblem = Self.problemPages.contains { $0.target == target }
            #expect(page.status == 200 || isKnownProblem, "\(target): \(page.status) \(page.text.prefix(300))")
            guard page.header("Content-Type")?.hasPrefix("text/html") ?? false, seen.count < 2000 else { continue }
            let markup = Markup(page.text)
            let ids = markup.tags.compactMap { $0["id"] }
            #expect(Set(ids).count == ids.count, "\(target): an id stands twice")
            for href in markup.tags.compactMap({ $0["href"] }) {
                if href.hasPrefix("#") {
                    #expect(ids.contains(String(href.dropFirst())), "\(target): \(href)")
                } else if href.hasPrefix("/"), seen.insert(href).inserted {
                    open.append(href)
                }
            }
        }
    }

    @Test(arguments: [
        "/explain?topic=urn", "/facts?topic=urn&theme=heat", "/facts/urn-kettle-time", "/facts/urn-myth-instant",
        "/methods?topic=urn",
        "/methods/kettle?topic=urn", "/sources/tea-paper?topic=urn", "/audiences/cook?topic=urn", "/topics/urn",
        "/methods/kettel?topic=urn",
    ])
    func `keeps to a topic that is not the default one`(target: String) throws {
        let app = try TrickyTopic.app(files: TrickyTopic.filesWithSecondTopic)
        let own = Markup(app.page(target).text).tags.filter { $0.name == "a" }.compactMap { $0["href"] }.filter { href in
            ["/explain?", "/facts?", "/methods/", "/sources/", "/audiences/"].contains { href.hasPrefix($0) }
        }
        #expect(!own.isEmpty)
        for href in own {
            #expect(href.hasSuffix("topic=urn"), "\(href)")
            #expect(app.page(href).status == 200, "\(href)")
        }
    }

    // MARK: Explainers

    @Test(arguments: TrickyTopic.audiences, TrickyTopic.triggers)
    func `marks the current reader, form and length`(audience: String, trigger: String) throws {
        for length in Length.allCases {
            let address = "/explain?audience=\(audience)&trigger=\(trigger)&length=\(length.rawValue)"
            let markup = Markup(app.page(address).text)
            let current = markup.tags.filter { $0.name == "a" && $0["aria-current"] == "true" && $0["href"] == address }
            #expect(current.count == 3)
            let switches = markup.tags.compactMap { $0["href"] }.filter {
                $0.hasPrefix("/explain?audience=") && !$0.contains("&format=")
            }
            // Two readers, two forms, three lengths; and the canonical address.
            #expect(switches.count == 2 + 2 + 3 + 1)
        }
    }

    @Test func `says of a piece how long it is, where it is kept and how to fetch it`() throws {
        var settings = try Settings()
        settings.publicURL = "https://tea.example"
        let html = try TrickyTopic.app(settings).page("/explain?audience=cook&trigger=boil-it-simply&length=full").text
        let address = "https://tea.example/explain?audience=cook&amp;trigger=boil-it-simply&amp;length=full"
        #expect(html.contains("<link rel=\"canonical\" href=\"\(address)\">"))
        #expect(html.contains("<meta name=\"description\" content=\"Hot water &lt;soon&gt;, said for a cook.\">"))
        #expect(html.contains("curl &#39;\(address)&#39;"))
        #expect(html.contains(" words · 1 minute · reading grade "))
        #expect(html.contains(" · 4 facts · 2 sources"))
        for type in ["text/plain", "text/markdown", "application/json"] {
            #expect(html.contains("<link rel=\"alternate\" type=\"\(type)\""))
        }
    }

    // MARK: Facts

    @Test(arguments: [
        (
            "kettle-time",
            [
                "A kettle &amp; lid boils a cup in 90 seconds &lt;from cold&gt;.", "90 (85 to 95) s", "one cup from 20 degrees",
                "Kettle &amp; lid",
                "Model &quot;K&quot; 1", "Hob, ring &amp; plate", "verified", "The source was opened", "Table 3 &amp; 4",
                "https://example.org/tea?a=1&amp;b=2", "Hard water takes longer &lt;a little&gt;.", "a minute and a half",
                "Cup &amp; Sons (2024)",
                "Tea for a cook &amp; &quot;friends&quot;",
                "/explain?audience=cook&amp;trigger=boil-it-simply&amp;length=standard",
                "/facts/kettle-saving", "/facts/myth-instant", "/facts/kettle-time.jsonld",
            ]
        ),
        (
            "kettle-saving",
            ["50%", "reduction", "a pan", "derived", "1 - 90/180", "/facts/pan-time", "line 7", "Table 3 &amp; 4"]
        ),
        (
            "myth-instant",
            [
                "refuted", "This claim does not hold", "Water has to get hot &amp; stay so.", "What holds instead",
                "/facts/kettle-time",
            ]
        ),
        ("lid-documented", ["Lids keep steam in.", "page 2", "documented"]),
    ])
    func `shows everything about a fact`(id: String, parts: [String]) throws {
        let html = app.page("/facts/\(id)").text
        for part in parts { #expect(html.contains(part), "\(part)") }
    }

    @Test(
        arguments: [
            ("/facts", [], 4), ("/facts?theme=taste", ["Theme: Taste"], 1), ("/facts?status=refuted", ["Status: refuted"], 1),
            ("/facts?theme=heat,taste&q=kettle", ["Theme: Heat &amp; time", "Theme: Taste", "Words: kettle"], 2),
        ] as [(String, [String], Int)])
    func `lists the facts that pass, and every filter as something to remove`(target: String, chips: [String], rows: Int) throws {
        let html = app.page(target).text
        #expect(html.components(of: "<th scope=\"row\">") == rows)
        #expect(html.components(of: "Remove ") == chips.count)
        for chip in chips { #expect(html.contains("</span>\(chip) <span")) }
    }

    @Test func `keeps the other filters when one is changed or removed`() throws {
        let html = app.page("/facts?theme=heat&method=kettle&sort=-year&limit=1&cursor=kettle-saving").text
        #expect(html.contains("href=\"/facts?method=kettle&amp;sort=-year&amp;limit=1\""))
        #expect(html.contains("href=\"/facts?theme=heat&amp;sort=-year&amp;limit=1\""))
        #expect(html.contains("href=\"/facts?theme=heat&amp;method=kettle&amp;year=2024&amp;sort=-year&amp;limit=1\""))
        let first = app.page("/facts?theme=heat&limit=2").text
        #expect(first.contains("rel=\"next\" href=\"/facts?theme=heat&amp;limit=2&amp;cursor=kettle-time\""))
    }

    @Test(arguments: ["id", "year", "-year", "value"])
    func `marks the order that was asked for`(sort: String) throws {
        let names = ["id": "name", "year": "oldest", "-year": "newest", "value": "figure"]
        let html = app.page("/facts?sort=\(sort)").text
        #expect(html.contains("aria-current=\"true\">\(names[sort] ?? "")</a>"))
    }

    @Test(arguments: ["/facts", "/facts?theme=heat", "/facts?q=kettle&method=kettle&sort=-year&limit=2"])
    func `has no form that could send an empty value`(target: String) throws {
        let markup = Markup(app.page(target).text)
        #expect(markup.tags.count { $0.name == "form" } == 1)
        for field in markup.tags where field.name == "input" || field.name == "select" || field.name == "textarea" {
            let isFilled = field["type"] == "hidden" && !(field["value"] ?? "").isEmpty
            #expect(
                isFilled || field.attributes.contains { $0.name == "required" } && field["pattern"] == ".*\\S.*", "\(field.text)")
        }
    }

    // MARK: Problems

    @Test(arguments: problemPages)
    func `answers what cannot be done with a page of that status`(target: String, status: Int) throws {
        let page = app.page(target)
        #expect(page.status == status)
        #expect(page.text.contains("<p class=\"kicker\">\(status)</p>"))
    }

    @Test(arguments: [
        ("/explain?audience=cok&length=brief", "<a href=\"/explain?length=brief&amp;audience=cook\"><strong>cook</strong></a>"),
        ("/facts?theme=heet&sort=up", "<a href=\"/facts?sort=-year\">-year</a>"),
        ("/facts/kettle-tyme", "<a href=\"/facts/kettle-time\">kettle-time</a>"),
        ("/fact", "<a href=\"/facts\">/facts</a>"), ("/explain?lenth=brief", "<span>length</span>"),
    ])
    func `offers what would have worked`(target: String, offer: String) throws {
        #expect(app.page(target).text.contains(offer))
    }

    @Test func `says that a page cannot be posted to`() throws {
        let page = app.page("/explain", method: .post)
        #expect(page.status == 405)
        #expect(page.text.contains("<h1>Method Not Allowed</h1>"))
    }

    // MARK: Style sheet

    @Test func `serves a style sheet that asks for nothing else`() throws {
        let sheet = app.page("/style.css")
        #expect(sheet.header("Content-Type") == "text/css; charset=utf-8")
        #expect(sheet.body.count < 10_240)
        #expect(!sheet.text.contains("url(") && !sheet.text.contains("@import"))
    }
}

/// The tags of a page, read by the simplest rules that its own markup needs.
private struct Markup {
    struct Tag {
        let name: String
        let attributes: [(name: String, value: String?)]
        let text: String

        subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
    }

    let tags: [Tag]

    init(_ html: String) {
        tags = html.split(separator: "<").compactMap { piece in
            guard piece.first?.isLetter ?? false else { return nil }
            let text = piece.prefix { $0 != ">" }
            var attributes: [(name: String, value: String?)] = []
            // Names stand outside of quotation marks, values inside.
            for (index, part) in text.split(separator: "\"", omittingEmptySubsequences: false).enumerated() {
                if index.isMultiple(of: 2) {
                    attributes += part.split(separator: " ").map { ($0.hasSuffix("=") ? String($0.dropLast()) : String($0), nil) }
                } else {
                    attributes[attributes.count - 1].value = Self.unescaped(String(part))
                }
            }
            let name = attributes.removeFirst().name
            return Tag(name: name, attributes: attributes, text: String(text))
        }
    }

    private static func unescaped(_ text: String) -> String {
        text.replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"").replacing(
            "&#39;", with: "'"
        )
        .replacing("&amp;", with: "&")
    }
}

extension String {
    /// How often a part stands in the text.
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
