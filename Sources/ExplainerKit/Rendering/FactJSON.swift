/// Facts, sources and the rest of the catalogue as JSON. The keys and their order are a contract.
extension Fact {
    package func json(in topic: Topic) -> JSON {
        .object([
            ("id", .string(id)),
            ("statement", .string(statement)),
            ("theme", .string(theme)),
            ("status", .string(status.rawValue)),
            ("quantity", quantity?.json ?? .null),
            ("conditions", conditions.json),
            ("year", .integer(year)),
            ("basis", .optional(basis?.rawValue)),
            ("formula", .optional(formula)),
            ("derived_from", .strings(derivedFrom)),
            ("sources", .array(topic.references(of: self).compactMap { topic.json(of: $0) })),
            ("caveat", .optional(caveat)),
            ("reason", .optional(reason)),
            ("instead", .strings(instead)),
            ("citation", .object([("short", .string(citation(in: topic).short)), ("long", .string(citation(in: topic).long))])),
            (
                "used_in",
                .array(topic.uses(of: id).map { .object([("audience", .string($0.audience)), ("trigger", .string($0.trigger))]) })
            ),
            ("updated", .string(updated)),
            ("links", .object([("self", .string("/facts/\(id)"))])),
        ])
    }

    /// The statement as it may be repeated: a claim that does not hold says so first, and why.
    package var assertion: String {
        switch status {
        case .verified, .derived: statement
        case .refuted: "Refuted: \(statement) \(reason ?? "")"
        case .unsupported: "Unsupported: \(statement) \(reason ?? "")"
        }
    }

    /// Ready to paste: the short form names publisher and year, the long one everything.
    package func citation(in topic: Topic) -> (short: String, long: String) {
        let cited = topic.references(of: self).compactMap { reference in topic.source(reference.id).map { ($0, reference.locator) } }
        let short = cited.map { "\($0.0.publisher) (\($0.0.year))" }.uniqued().joined(separator: "; ")
        let long = cited.map { source, locator in "\(source.publisher) (\(source.year)). \(source.title). \(locator). \(source.url)" }
        return (short, ([assertion] + long).joined(separator: " "))
    }
}

extension Quantity {
    package var json: JSON {
        .object([
            ("value", .string(value.text)),
            ("number", .number(value.number)),
            ("lower", .optional(lower?.text)),
            ("upper", .optional(upper?.text)),
            ("unit", unit.json),
            ("kind", .string(kind.rawValue)),
            ("baseline", .optional(baseline)),
            ("display", .strings(display)),
        ])
    }
}

extension Unit {
    package var json: JSON {
        .object([("code", .string(code)), ("symbol", .string(symbol)), ("label", .string(label))])
    }
}

extension Conditions {
    package var json: JSON {
        .object([
            ("method", .strings(methods)),
            ("model", .strings(models)),
            ("hardware", .strings(hardware)),
            ("bits", bits.map { .digits($0.text) } ?? .null),
            ("context", .optional(context)),
        ])
    }
}

extension Topic {
    /// A source with the place in it.
    package func json(of reference: SourceReference) -> JSON? {
        guard let source = source(reference.id), case .object(let members) = source.json else { return nil }
        return .object(members + [("locator", .string(reference.locator))])
    }
}

extension Source {
    package var json: JSON {
        .object([
            ("id", .string(id)),
            ("title", .string(title)),
            ("publisher", .string(publisher)),
            ("year", .integer(year)),
            ("kind", .string(kind.rawValue)),
            ("url", .string(url)),
        ])
    }
}

extension Method {
    package func json(in topic: Topic) -> JSON {
        .object([
            ("id", .string(id)),
            ("name", .string(name)),
            ("long_name", .optional(longName)),
            ("kind", .string(kind.rawValue)),
            ("year", year.map { .integer($0) } ?? .null),
            ("definition", .string(definition)),
            ("aliases", .strings(aliases)),
            ("sources", .array(sources.compactMap { topic.json(of: $0) })),
            ("links", .object([("self", .string("/methods/\(id)")), ("facts", .string("/facts?method=\(id)"))])),
        ])
    }
}

extension Analogy {
    package var json: JSON {
        .object([
            ("id", .string(id)),
            ("name", .string(name)),
            ("domain", .string(domain)),
            ("image", .string(image)),
            ("outcome", .string(outcome)),
            ("mapping", .array(mapping.map { .object([("analogy", .string($0.analogy)), ("model", .string($0.model))]) })),
            ("stops_holding", .string(stopsHolding)),
            ("links", .object([("self", .string("/analogies/\(id)"))])),
        ])
    }
}

extension Audience {
    package var json: JSON {
        .object([
            ("id", .string(id)),
            ("name", .string(name)),
            ("aliases", .strings(aliases)),
            ("needs", .string(needs)),
            ("max_grade", .number(maxGrade)),
            ("links", .object([("self", .string("/audiences/\(id)")), ("explain", .string("/explain?audience=\(id)"))])),
        ])
    }
}

extension Trigger {
    package var json: JSON {
        .object([
            ("id", .string(id)),
            ("phrase", .string(phrase)),
            ("phrases", .strings(phrases)),
            ("description", .string(description)),
            ("links", .object([("self", .string("/triggers/\(id)")), ("explain", .string("/explain?trigger=\(id)"))])),
        ])
    }
}
