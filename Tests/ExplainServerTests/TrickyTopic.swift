import ExplainerKit
import HTTPD

@testable import ExplainServer

/// A small topic, complete enough for every kind of resource; its texts hold characters that markup would trip over.
enum TrickyTopic {
    /// One for all tests that only read.
    static let shared = Result { try app() }

    static func app(_ settings: Settings? = nil, files: [String: String] = files) throws -> App {
        let settings = try settings ?? Settings()
        return App(site: try Site(snapshot: Snapshot(ConfigFiles(files)), settings: settings), settings: settings)
    }

    static let audiences = ["guest", "cook"]
    static let triggers = ["boil-it-simply", "boil-it-in-numbers"]

    static let files: [String: String] = {
        var files = [
            "topics/tea/topic.yaml": topic, "topics/tea/units.yaml": units, "topics/tea/audiences.yaml": audienceEntries,
            "topics/tea/triggers.yaml": triggerEntries, "topics/tea/methods.yaml": methods,
            "topics/tea/analogies.yaml": analogies,
            "topics/tea/terms.yaml": terms, "topics/tea/sources/all.yaml": sources, "topics/tea/facts/all.yaml": facts,
            "topics/tea/charts.yaml": charts,
        ]
        for audience in audiences {
            for trigger in triggers {
                files["topics/tea/pieces/\(audience)/\(trigger).md"] = piece(audience, trigger)
                files["topics/tea/pieces/\(audience)/\(trigger).brief.md"] = brief(audience, trigger)
            }
        }
        return files
    }()

    /// Two topics with the same words and their own facts.
    static let filesWithSecondTopic = files.merging(
        files.map { path, text in
            let own = ["kettle-time", "pan-time", "kettle-saving", "lid-documented", "myth-instant"].reduce(text) {
                $0.replacing($1, with: "urn-\($1)")
            }
            return (path.replacing("topics/tea", with: "topics/urn"), own.replacing("Tea & water", with: "Urns"))
        }
    ) { first, _ in first }

    private static let topic = """
        title: Tea & water
        summary: How hot water becomes "tea" <quickly>.
        language: en
        published: 2026-01-31
        themes:
          - {id: heat, name: Heat & time}
          - {id: taste, name: Taste}
        sections:
          - {role: start, heading: The start, analogy: central}
          - {role: end, heading: The end, analogy: closing}
        labels:
          {sources: Sources, evidence: Evidence, fact: Fact, figure: Figure, conditions: Conditions, source: Source,
          glossary: Words, in_analogy: In the bath, in_model: In the cup, stops_holding: Where it stops holding, detail: In detail}
        """

    private static let units = """
        - {code: percent, symbol: "%", label: percent}
        - {code: seconds, symbol: s, label: seconds}
        """

    private static let audienceEntries = """
        - {id: guest, name: Guests, aliases: [visitor], needs: What to wait for., max_grade: 9.5}
        - {id: cook, name: Cooks & helpers, aliases: [chef], needs: What to do <first>., max_grade: 11}
        """

    private static let triggerEntries = """
        - {id: boil-it-simply, phrase: boil it simply, phrases: [easy], description: The shortest path.}
        - id: boil-it-in-numbers
          phrase: boil it in numbers
          phrases: [figures]
          description: Figures first.
          shape: {analogy_table: true, glossary: true, source_column: true}
        """

    private static let methods = """
        - id: kettle
          name: Kettle & lid
          long_name: Electric kettle with a lid
          kind: tool
          year: 2020
          definition: Kettle & lid heats water under a cover.
          aliases: [jug]
          sources: [{id: tea-paper, locator: page 1}]
        - {id: pan, name: Pan, kind: tool, definition: Pan heats water in the open.}
        """

    private static let analogies = """
        - id: warm-bath
          name: A warm bath
          domain: home
          image: A tub takes a while to fill with "hot" water.
          outcome: The cup is ready sooner.
          mapping:
            - {analogy: the tub, model: the cup}
            - {analogy: the tap <left>, model: the spout}
          stops_holding: Nobody drinks a bath.
        """

    private static let terms = """
        terms:
          - {id: brew, name: brew, definition: Tea in hot water.}
        """

    private static let sources = """
        - {id: tea-paper, title: On "Tea" <revised>, publisher: Cup & Sons, year: 2024, kind: paper, url: "https://example.org/tea?a=1&b=2"}
        - {id: pan-page, title: Pans, publisher: Panmakers, year: 2023, kind: documentation, url: "https://example.org/pans"}
        """

    private static let facts = """
        - id: kettle-time
          statement: A kettle & lid boils a cup in 90 seconds <from cold>.
          theme: heat
          status: verified
          quantity: {value: "90", lower: "85", upper: "95", unit: seconds, kind: amount, display: ["90 seconds", "a minute and a half"]}
          conditions: {method: [kettle], model: ["Model \\"K\\" 1"], hardware: ["Hob, ring & plate"], bits: 4, context: one cup from 20 degrees}
          year: 2024
          basis: measured
          sources: [{id: tea-paper, locator: "Table 3 & 4"}]
          caveat: Hard water takes longer <a little>.
          updated: 2026-01-30
        - id: pan-time
          statement: A pan boils a cup in 180 seconds.
          theme: heat
          status: verified
          quantity: {value: "180", unit: seconds, kind: amount, display: ["180 seconds"]}
          conditions: {method: [pan], context: one cup from 20 degrees}
          year: 2023
          basis: measured
          sources: [{id: pan-page, locator: line 7}]
          updated: 2026-01-29
        - id: kettle-saving
          statement: The kettle saves 50% of the time.
          theme: heat
          status: derived
          quantity: {value: "50", unit: percent, kind: reduction, baseline: a pan, display: ["50%", "half the time"]}
          conditions: {method: [kettle], context: time to boil one cup}
          year: 2024
          basis: computed
          formula: "1 - 90/180"
          derived_from: [kettle-time, pan-time]
          updated: 2026-01-30
        - id: lid-documented
          statement: Lids keep steam in.
          theme: taste
          status: verified
          year: 2024
          basis: documented
          sources: [{id: tea-paper, locator: page 2}]
          updated: 2026-01-30
        - id: myth-instant
          statement: Tea is ready at once.
          theme: taste
          status: refuted
          year: 2022
          updated: 2026-01-30
          reason: Water has to get hot & stay so.
          instead: [kettle-time]
          cues: [ready at once]
        """

    private static let charts = """
        - id: wait
          title: Wait & see
          summary: How long it takes <soon>.
          panels:
            - {title: From <left> to right, facts: [kettle-time]}
        """

    private static func piece(_ audience: String, _ trigger: String) -> String {
        """
        ---
        title: Tea for a \(audience) & "friends"
        summary: Hot water <soon>, said for a \(audience).
        central_analogy: warm-bath
        closing_analogy: warm-bath
        ---

        ## start: Wait a little

        A cup for the \(audience) takes {kettle-time}, and a pan is slower by {kettle-saving}. This is \(trigger).

        | What | How long |
        |---|---|
        | pan & flame | {pan-time} |

        ## end: Then drink

        A brew under a [lid keeps its steam]{lid-documented}, whatever the `--lid <flag>` says.
        """
    }

    private static func brief(_ audience: String, _ trigger: String) -> String {
        """
        ---
        title: Tea in short
        summary: Hot water for a \(audience).
        central_analogy: warm-bath
        closing_analogy: warm-bath
        ---

        ## start

        The \(audience) waits {kettle-time|a minute and a half} for \(trigger).

        ## end

        Then the tea is there.
        """
    }
}

extension App {
    /// What a browser gets.
    func page(_ target: String, method: HTTPD.Method = .get) -> Response {
        respond(Request(method: method, target: target, headers: [Field("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")]))
    }
}

extension Response {
    var text: String { String(decoding: body, as: UTF8.self) }
}
