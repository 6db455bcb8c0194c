/// Facts as CSV, NDJSON, JSON-LD, Markdown and Atom.
package struct FactTables: Sendable {
    private let topic: Topic
    /// Stands before links; "" for links within the service.
    private let base: String

    package init(topic: Topic, base: String = "") {
        self.topic = topic
        self.base = base
    }

    /// RFC 4180: a header row, one row a fact, CRLF, and no cell that a spreadsheet would run as a formula.
    package func csv(_ facts: [Fact]) -> String {
        let columns: [(name: String, value: (Fact) -> String)] = [
            ("id", \.id), ("statement", \.statement), ("theme", \.theme), ("status", { $0.status.rawValue }),
            ("value", { $0.quantity?.value.text ?? "" }), ("lower", { $0.quantity?.lower?.text ?? "" }),
            ("upper", { $0.quantity?.upper?.text ?? "" }), ("unit", { $0.quantity?.unit.code ?? "" }),
            ("kind", { $0.quantity?.kind.rawValue ?? "" }), ("baseline", { $0.quantity?.baseline ?? "" }),
            ("method", { $0.conditions.methods.joined(separator: "; ") }), ("model", { $0.conditions.models.joined(separator: "; ") }),
            ("hardware", { $0.conditions.hardware.joined(separator: "; ") }), ("bits", { $0.conditions.bits?.text ?? "" }),
            ("context", { $0.conditions.context ?? "" }), ("year", { String($0.year) }), ("basis", { $0.basis?.rawValue ?? "" }),
            ("formula", { $0.formula ?? "" }), ("derived_from", { $0.derivedFrom.joined(separator: "; ") }),
            ("source", { references($0).map(\.source.id).joined(separator: "; ") }),
            ("locator", { references($0).map(\.locator).joined(separator: "; ") }),
            ("source_url", { references($0).map(\.source.url).joined(separator: "; ") }), ("caveat", { $0.caveat ?? "" }),
            ("reason", { $0.reason ?? "" }), ("instead", { $0.instead.joined(separator: "; ") }),
            ("citation", { $0.citation(in: topic).long }),
        ]
        let header = columns.map(\.name).joined(separator: ",")
        let rows = facts.map { fact in columns.map { Self.cell($0.value(fact)) }.joined(separator: ",") }
        return ([header] + rows).map { $0 + "\r\n" }.joined()
    }

    static func cell(_ text: String) -> String {
        // A leading apostrophe keeps spreadsheets from reading text as a formula; plain numbers may keep their minus.
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let safe = isFormula && Decimal(text) == nil ? "'" + text : text
        guard safe.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }

    /// One JSON object a line.
    package func ndjson(_ facts: [JSON]) -> String { facts.map { $0.text + "\n" }.joined() }

    /// schema.org claims with citations.
    package func jsonld(_ facts: [Fact]) -> JSON {
        .object([
            ("@context", .string("https://schema.org")),
            (
                "@graph",
                .array(
                    facts.map { fact in
                        .object([
                            ("@type", .string("Claim")),
                            ("@id", .string("\(base)/facts/\(fact.id)")),
                            ("text", .string(fact.assertion)),
                            ("inLanguage", .string(topic.language)),
                            ("about", .string(topic.title)),
                            ("dateModified", .string(fact.updated)),
                            ("creativeWorkStatus", .string(fact.status.rawValue)),
                            (
                                "citation",
                                .array(
                                    references(fact).map { reference in
                                        .object([
                                            ("@type", .string("CreativeWork")),
                                            ("name", .string(reference.source.title)),
                                            (
                                                "publisher",
                                                .object([("@type", .string("Organization")), ("name", .string(reference.source.publisher))])
                                            ),
                                            ("datePublished", .string(String(reference.source.year))),
                                            ("url", .string(reference.source.url)),
                                            ("pagination", .string(reference.locator)),
                                        ])
                                    }
                                )
                            ),
                        ])
                    }
                )
            ),
        ])
    }

    /// One section a fact.
    package func markdown(_ facts: [Fact], heading: Int = 1) -> String {
        facts.map { fact in
            var lines = ["\(String(repeating: "#", count: heading)) \(fact.id)", "", Self.escapeMarkdown(fact.statement), ""]
            func item(_ name: String, _ value: String?) { if let value { lines.append("- \(name): \(Self.escapeMarkdown(value))") } }
            item("status", fact.status.rawValue)
            item("value", fact.quantity?.figure)
            item("conditions", fact.conditions.context)
            item("formula", fact.formula)
            item("caveat", fact.caveat)
            item("reason", fact.reason)
            item("instead", fact.instead.isEmpty ? nil : fact.instead.joined(separator: ", "))
            for reference in references(fact) {
                lines.append(
                    "- source: \(Self.escapeMarkdown("\(reference.source.publisher): \(reference.source.title), \(reference.source.year), \(reference.locator)")) <\(reference.source.url)>"
                )
            }
            return lines.joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    private static func escapeMarkdown(_ text: String) -> String {
        String(text.flatMap { "\\`*_[]<>&|".contains($0) ? ["\\", $0] : [$0] })
    }

    /// RFC 4287: newest changes first.
    ///
    /// - Parameter query: of the feed's own address, "" or "?topic=…".
    package func atom(_ facts: [Fact], digest: String, query: String = "") -> String {
        let newest = facts.sorted { ($1.updated, $0.id) < ($0.updated, $1.id) }
        let entries = newest.map { fact in
            """
            <entry>
            <id>urn:fact:\(topic.id):\(fact.id)</id>
            <title>\(escapeHTML(fact.id))</title>
            <updated>\(fact.updated)T00:00:00Z</updated>
            <link href="\(base)/facts/\(fact.id)"/>
            <category term="\(escapeHTML(fact.theme))"/>
            <summary>\(escapeHTML(fact.assertion))</summary>
            </entry>

            """
        }
        return """
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom">
            <id>urn:facts:\(topic.id)</id>
            <title>\(escapeHTML(topic.title))</title>
            <updated>\(newest.first?.updated ?? topic.published)T00:00:00Z</updated>
            <author><name>explain-server</name></author>
            <link rel="self" href="\(base)/facts/feed.atom\(escapeHTML(query))"/>
            <generator>\(escapeHTML(digest))</generator>

            """ + entries.joined() + "</feed>\n"
    }

    private func references(_ fact: Fact) -> [(source: Source, locator: String)] {
        topic.references(of: fact).compactMap { reference in topic.source(reference.id).map { ($0, reference.locator) } }
    }
}

extension Quantity {
    /// The exact value with its unit: "6.06 GB", "75%", "4.4 (3.8 to 5.1) GB".
    package var figure: String {
        let number = if let lower, let upper { "\(value.text) (\(lower.text) to \(upper.text))" } else { value.text }
        return ["%", "×", ""].contains(unit.symbol) ? number + unit.symbol : "\(number) \(unit.symbol)"
    }
}
