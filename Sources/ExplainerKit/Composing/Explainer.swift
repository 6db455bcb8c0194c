/// The composed piece for one audience, trigger and length: one cohesive text in sections, with everything it refers to.
package struct Explainer: Sendable {
    package let topic: String
    package let language: String
    package let audience: Audience
    package let trigger: Trigger
    package internal(set) var length: Length
    package let title: String
    package let summary: String
    package internal(set) var sections: [Section]
    /// In the order of first use.
    package let facts: [Fact]
    /// In the order of first use; position + 1 is the number in the text.
    package let sources: [CitedSource]
    /// In the order of first mention.
    package let methods: [Method]
    /// Central, then closing.
    package let analogies: [Analogy]
    package let labels: Labels
    package let measures: Measures
    /// The authored file.
    package let origin: Origin

    package var key: ExplainerKey { ExplainerKey(audience: audience.id, trigger: trigger.id, length: length) }
}

/// A source with all the places in it that the piece refers to.
package struct CitedSource: Sendable, Equatable {
    package let source: Source
    package var locators: [String]
}

/// One step of a piece.
package struct Section: Sendable, Equatable {
    package let role: String
    package let heading: String
    package var blocks: [Block]
}

/// A paragraph, a list, a table or a run of definitions.
package struct Block: Sendable, Equatable {
    package let content: Content
    /// Stands above the block as a small heading.
    package var caption: String?
    /// An engineer's detail to the paragraph before it.
    package var isDetail = false
    package var analogies: [String] = []

    package enum Content: Sendable, Equatable {
        case paragraph(Line)
        case list([Line])
        case table(header: [Line], rows: [[Line]])
        case definitions([Definition])
    }

    /// What a block is called in JSON.
    package var kind: String {
        switch content {
        case .paragraph: "paragraph"
        case .list: "list"
        case .table: "table"
        case .definitions: "definition"
        }
    }

    /// All lines in reading order.
    package var lines: [Line] {
        switch content {
        case .paragraph(let line): [line]
        case .list(let items): items
        case .table(let header, let rows): header + rows.flatMap(\.self)
        case .definitions(let definitions): definitions.map { [.text($0.name + ": ")] + $0.meaning }
        }
    }

    /// Ids of the facts that the block refers to, each once, in order.
    package var facts: [String] { lines.flatMap(\.self).compactMap(\.fact).uniqued() }
}

/// A word and what it means.
package struct Definition: Sendable, Equatable {
    package let name: String
    package let meaning: Line
}

/// Running text without a break.
package typealias Line = [Inline]

/// A stretch of running text.
package enum Inline: Sendable, Equatable {
    case text(String)
    case code(String)
    /// Words that stand on a fact: its quantity, or a property it documents.
    case claim(text: String, fact: String)
    /// Numbers of the sources that the claim before it rests on.
    case citation([Int])

    package var fact: String? {
        if case .claim(_, let fact) = self { fact } else { nil }
    }
}

extension Sequence where Element: Hashable {
    /// The elements without repetitions, in the order of their first appearance.
    package func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
