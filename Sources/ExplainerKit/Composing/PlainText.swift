/// A block as plain text, with the places of its claims.
package struct PlainText: Sendable, Equatable {
    package private(set) var text = ""
    package private(set) var claims: [Claim] = []
    /// Code points so far.
    private var length = 0

    /// Where in a text a fact is used; code points, the end exclusive.
    package struct Claim: Sendable, Equatable {
        package let fact: String
        package let start: Int
        package let end: Int
        package let text: String
    }

    package init() {}

    package init(_ block: Block) {
        switch block.content {
        case .paragraph(let line): append(line)
        case .list(let items):
            append(items, separator: "\n") { plain, item in
                plain.append("- ")
                plain.append(item)
            }
        case .definitions(let definitions):
            append(definitions, separator: "\n") { plain, definition in
                plain.append(definition.name + ": ")
                plain.append(definition.meaning)
            }
        case .table(let header, let rows):
            append([header] + rows, separator: "\n") { plain, row in
                plain.append(row, separator: " | ") { $0.append($1) }
            }
        }
    }

    package init(_ line: Line) { append(line) }

    package mutating func append(_ words: String) {
        text += words
        length += words.unicodeScalars.count
    }

    package mutating func append(_ line: Line) {
        for inline in line {
            switch inline {
            case .text(let words), .code(let words): append(words)
            case .citation: break
            case .claim(let words, let fact):
                let start = length
                append(words)
                claims.append(Claim(fact: fact, start: start, end: length, text: words))
            }
        }
    }

    private mutating func append<Element>(_ elements: [Element], separator: String, _ each: (inout PlainText, Element) -> Void) {
        for (index, element) in elements.enumerated() {
            if index > 0 { append(separator) }
            each(&self, element)
        }
    }
}
