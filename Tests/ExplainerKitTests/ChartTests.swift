import ExplainerKit
import TestSupport
import Testing

/// Charts: what may stand side by side, and the drawing that comes of it.
@Suite struct ChartTests {
    private static func files(_ panels: String) -> ConfigFiles {
        SmallTopic.files(adding: "- id: heat\n  title: Heat & tea\n  summary: How hot.\n  panels:\n\(panels)\n", as: "charts.yaml")
    }

    @Test func `a topic may do without charts`() throws {
        #expect(try #require(Snapshot(SmallTopic.files).topic("tea")).charts.isEmpty)
    }

    @Test func `draws each fact as a bar with its figure, and says the same in words`() throws {
        let topic = try #require(Snapshot(Self.files("    - {title: Sencha <hot>, facts: [green-water]}")).topic("tea"))
        let chart = try #require(topic.charts.first)
        let svg = ChartDrawing(chart, in: topic).svg()
        for part in [
            "role=\"img\" aria-labelledby=\"title desc\"", "<title id=\"title\">Heat &amp; tea</title>", "Sencha &lt;hot&gt;",
            "Sencha 2: 4-bit 80 (75 to 85) °C.", "<title>Green tea is made with water of 80 °C.</title>", "class=\"bits-4\"",
            "Sources: Kettle Press.", "prefers-color-scheme:dark",
        ] {
            #expect(svg.contains(part), "\(part) is missing in \(svg)")
        }
        #expect(svg == ChartDrawing(chart, in: topic).svg())
        let panel = ChartDrawing(chart, in: topic).panel(0)
        #expect(panel.contains("aria-labelledby=\"chart-heat-1-title chart-heat-1-desc\""))
        #expect(!panel.contains("<style") && !panel.contains("style="))
    }

    @Test(arguments: [
        ("[green-watr]", "did you mean \"green-water\"?"), ("[boiling]", "its conditions name no bits"),
        ("[green-tea-cooler]", "it has no amount above zero"), ("[]", "a panel needs \"facts\""),
    ])
    func `refuses what is no bar, and says why`(facts: String, message: String) throws {
        let errors = try #require(throws: LoadingErrors.self) { try Snapshot(Self.files("    - {title: Heat, facts: \(facts)}")) }
        let problem = try #require(errors.problems.first { $0.message.contains(message) }, "\(errors.problems)")
        #expect(problem.file == "topics/tea/charts.yaml")
        #expect(problem.line == 5)
    }
}
