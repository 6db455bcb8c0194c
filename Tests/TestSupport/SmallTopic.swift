package import ExplainerKit

/// A whole small topic that has nothing to do with language models, as files: how to make tea.
///
/// Tests change one file and look at what becomes of it.
package enum SmallTopic {
    package static var files: ConfigFiles { ConfigFiles(texts) }

    /// The files with one text replaced by another; the text has to be there.
    package static func files(replacing old: String, with new: String, in path: String) -> ConfigFiles {
        var changed = texts
        guard let text = changed["topics/tea/\(path)"], text.contains(old) else { preconditionFailure("no \"\(old)\" in \(path)") }
        changed["topics/tea/\(path)"] = text.replacing(old, with: new, maxReplacements: 1)
        return ConfigFiles(changed)
    }

    /// The files without one of them.
    package static func files(without path: String) -> ConfigFiles {
        var changed = texts
        changed["topics/tea/\(path)"] = nil
        return ConfigFiles(changed)
    }

    /// The files with one more.
    package static func files(adding text: String, as path: String) -> ConfigFiles {
        var changed = texts
        changed["topics/tea/\(path)"] = text
        return ConfigFiles(changed)
    }

    private static let texts: [String: String] = {
        var texts = Dictionary(uniqueKeysWithValues: catalogue.map { ("topics/tea/\($0.key)", $0.value) })
        for audience in ["guest", "host"] {
            for trigger in ["make-tea", "tea-by-analogy"] {
                let folder = "topics/tea/pieces/\(audience)"
                texts["\(folder)/\(trigger).md"] = piece(for: audience)
                texts["\(folder)/\(trigger).brief.md"] = piece(for: audience)
            }
        }
        return texts
    }()

    private static func piece(for audience: String) -> String {
        """
        ---
        title: Tea for the \(audience)
        summary: How the \(audience) gets a good cup.
        central_analogy: bath
        closing_analogy: garden
        ---

        ## problem: The cup is bitter

        The \(audience) pours water at {boiling} on green leaves. That is {heat-gap|20 degrees too hot}.
        A steeping pot would not have helped the \(audience).

        ## idea: A bath for leaves

        A \(audience) lets a hot bath cool before stepping in. [Green tea wants cooler water]{green-tea-cooler}, at {green-water}.

        > The \(audience) measures with `thermometer --celsius`.

        - Cold brew is for a patient \(audience).
        - The pot of the \(audience) stays shut.

        | what the \(audience) does | at |
        |---|---|
        | boils | {boiling|100 degrees} |
        """
    }

    private static let catalogue = [
        "topic.yaml": """
        title: Tea
        summary: How water and leaves become tea.
        language: en
        published: 2025-01-02
        themes:
          - id: heat
            name: Heat
          - id: taste
            name: Taste
        sections:
          - role: problem
            heading: The problem
          - role: idea
            heading: The idea
            analogy: central
        bars:
          brief:
            max_words: 120
          standard:
            min_facts: 3
            methods: [steeping]
          shared_sentences: 0.5
        labels:
          sources: Sources
          evidence: Evidence
          fact: Fact
          figure: Figure
          conditions: Conditions
          source: Source
          glossary: Words
          in_analogy: In the bath
          in_model: In the pot
          stops_holding: Where it ends
          detail: More exactly
        """,
        "units.yaml": """
        - code: celsius
          symbol: °C
          label: degrees Celsius
        """,
        "audiences.yaml": """
        - id: guest
          name: Guests
          aliases: [visitor]
          needs: A cup.
          max_grade: 12
        - id: host
          name: Hosts
          needs: A pot.
          max_grade: 12
        """,
        "triggers.yaml": """
        - id: make-tea
          phrase: make tea
          phrases: [brew a cup, how to brew]
          description: The short way.
          shape:
            glossary: true
            detail: true
        - id: tea-by-analogy
          phrase: tea by analogy
          phrases: [comparison with a bath]
          description: With a comparison.
          shape:
            analogy_table: true
            source_column: true
            detail: true
        """,
        "methods.yaml": """
        - id: steeping
          name: steeping
          kind: method
          year: 1700
          definition: Steeping leaves the tea in hot water for a while.
          aliases: [steep]
          sources:
            - id: tea-book
              locator: page 1
        - id: cold-brew
          name: cold brew
          kind: method
          definition: Cold brew lets tea stand in cold water overnight.
        """,
        "analogies.yaml": """
        - id: bath
          name: Running a bath
          domain: bathroom
          image: Hot water needs a while before anybody gets in.
          outcome: Nobody is scalded.
          mapping:
            - analogy: the bather
              model: the leaf
          stops_holding: A leaf does not climb out again.
        - id: garden
          name: Watering a garden
          domain: garden
          image: Each bed gets what it needs.
          outcome: Nothing drowns.
          mapping:
            - analogy: the bed
              model: the pot
          stops_holding: A pot does not grow.
        """,
        "terms.yaml": """
        terms:
          - id: leaf
            name: leaf
            aliases: [leaves]
            definition: A leaf is the dried part of the plant that gives tea its taste.
        names: [7 Sisters]
        """,
        "sources/books.yaml": """
        - id: tea-book
          title: The Book of <Tea> & Water
          publisher: Kettle Press
          year: 1999
          kind: paper
          url: https://example.org/tea?a=1&b=2
        - id: heat-table
          title: Table of Heat
          publisher: Bureau of Heat
          year: 2001
          kind: documentation
          url: https://example.org/heat
        """,
        "facts/heat.yaml": """
        - id: boiling
          statement: Water boils at 100 °C at sea level.
          theme: heat
          status: verified
          quantity:
            value: "100"
            unit: celsius
            kind: amount
            display: ["100 °C", "100 degrees"]
          conditions:
            method: [steeping]
            hardware: [kettle]
            context: pure water at sea level
          year: 2001
          basis: measured
          sources:
            - id: heat-table
              locator: row 1
          caveat: Less in the mountains.
          updated: 2025-01-01
        - id: green-water
          statement: Green tea is made with water of 80 °C.
          theme: heat
          status: verified
          quantity:
            value: "80"
            lower: "75"
            upper: "85"
            unit: celsius
            kind: amount
            display: ["80 °C", "about 80 degrees"]
          conditions:
            model: [Sencha 2]
            bits: 4
            context: water as poured
          year: 1999
          basis: reported
          sources:
            - id: tea-book
              locator: chapter 3, page 12
          updated: 2025-01-02
        - id: heat-gap
          statement: Boiling water is 20 °C hotter than green tea wants it.
          theme: heat
          status: derived
          quantity:
            value: "20"
            unit: celsius
            kind: change
            baseline: water for green tea
            display: ["20 °C", "20 degrees too hot"]
          conditions:
            context: difference of two temperatures
          year: 2001
          basis: computed
          formula: 100 - 80
          derived_from: [boiling, green-water]
          updated: 2025-01-01
        """,
        "facts/taste.yaml": """
        - id: green-tea-cooler
          statement: Green tea wants cooler water than black tea.
          theme: taste
          status: verified
          year: 1999
          basis: documented
          sources:
            - id: tea-book
              locator: chapter 3
          updated: 2024-12-24
        - id: myth-milk-first
          statement: Tea has to be poured on milk.
          theme: taste
          status: refuted
          year: 1999
          sources:
            - id: tea-book
              locator: page 99
          reason: Nobody could taste it.
          instead: [green-tea-cooler]
          cues: [milk first]
          updated: 2025-01-01
        """,
    ]
}
