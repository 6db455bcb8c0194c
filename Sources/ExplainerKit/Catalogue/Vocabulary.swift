/// A document that was opened: a paper, a page, a file in a repository.
package struct Source: Sendable, Equatable {
    package let id: String
    package let title: String
    package let publisher: String
    package let year: Int
    package let kind: Kind
    package let url: String
    package let origin: Origin

    package enum Kind: String, Sendable, CaseIterable {
        case paper, documentation, repository, blog
        case modelCard = "model-card"
        case issue, benchmark
    }
}

/// A named technique, format or tool with a one-line plain definition.
package struct Method: Sendable, Equatable {
    package let id: String
    package let name: String
    package let longName: String?
    package let kind: Kind
    package let year: Int?
    package let definition: String
    package let aliases: [String]
    package let sources: [SourceReference]
    package let origin: Origin

    package enum Kind: String, Sendable, CaseIterable { case method, format, tool }
}

/// A comparison from everyday life: what stands for what, and where it stops holding.
package struct Analogy: Sendable, Equatable {
    package let id: String
    package let name: String
    package let domain: String
    package let image: String
    package let outcome: String
    package let mapping: [Pair]
    package let stopsHolding: String
    package let origin: Origin

    package struct Pair: Sendable, Equatable {
        package let analogy: String
        package let model: String
    }
}

/// A glossary word.
package struct Term: Sendable, Equatable {
    package let id: String
    package let name: String
    package let aliases: [String]
    package let definition: String
}

/// Who reads.
package struct Audience: Sendable, Equatable {
    package let id: String
    package let name: String
    package let aliases: [String]
    package let needs: String
    /// The highest Flesch–Kincaid grade that a piece for this reader may have.
    package let maxGrade: Double
}

/// What was asked for; it decides the shape of the piece.
package struct Trigger: Sendable, Equatable {
    package let id: String
    package let phrase: String
    package let phrases: [String]
    package let description: String
    package let shape: Shape

    /// What the composer adds to the authored prose.
    package struct Shape: Sendable, Equatable {
        /// The central analogy's mapping as a table, with the line on where it stops holding.
        package var analogyTable = false
        /// Definitions of the methods and terms that the piece uses, at its end.
        package var glossary = false
        /// Tables get a column that names the source of each row's figures.
        package var sourceColumn = false
        /// Quoted paragraphs carry the engineer's detail under a label.
        package var detail = false
    }
}

/// How long a piece is.
package enum Length: String, Sendable, CaseIterable {
    /// For chat.
    case brief
    case standard
    /// The standard piece with its evidence table.
    case full
}
