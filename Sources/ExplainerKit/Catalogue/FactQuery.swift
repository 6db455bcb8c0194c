/// A question to the catalogue: filters that all have to hold, an order, and a page.
package struct FactQuery: Sendable {
    /// For each filter the values of which a fact needs one, as slugs. Without an entry for `status`, only facts that hold.
    package var filters: [Filter: Set<String>] = [:]
    /// Words that the statement has to hold, each from its beginning.
    package var words: [String] = []
    package var sort: Sort = .id
    /// nil for all.
    package var limit: Int?
    /// Id of the last fact of the page before.
    package var cursor: String?
    package var facets: [Filter] = []

    package init() {}

    /// What facts can be filtered by.
    package enum Filter: String, Sendable, CaseIterable {
        case theme, method, model, hardware, bits, status, year, source
        case usedIn = "used_in"
    }

    /// In which order facts come; equal ones by id.
    package enum Sort: String, Sendable, CaseIterable {
        case id, year
        case newest = "-year"
        case value
    }

    /// The page, and what there is besides.
    package struct Answer: Sendable {
        package let facts: [Fact]
        /// How many facts the filters let through.
        package let count: Int
        /// How many facts the topic has.
        package let total: Int
        /// The cursor of the next page.
        package let next: String?
        /// Values and their counts under the current filters, most frequent first.
        package let facets: [(filter: Filter, values: [(value: String, count: Int)])]
    }

    /// Why a query cannot be answered.
    package enum Failure: Error, Equatable {
        case unknownCursor(String)
    }

    package func run(on topic: Topic) throws(Failure) -> Answer {
        let index = topic.queryIndex
        var matches = filters[.status] == nil ? index.holding : index.all
        for (filter, wanted) in filters { matches.formIntersection(index.facts(filter, wanted)) }
        for word in words { matches.formIntersection(index.facts(word: word)) }
        var rest = index.order(sort)[...]
        if let cursor {
            let last = topic.factIndex[cursor].map { Int32($0) }
            guard let last, matches.contains(last), let place = rest.firstIndex(of: last) else { throw .unknownCursor(cursor) }
            rest = rest[(place + 1)...]
        }
        let page = Array(rest.lazy.filter { matches.contains($0) }.prefix(limit.map { $0 + 1 } ?? .max))
        let shown = page.prefix(limit ?? .max).map { topic.facts[Int($0)] }
        return Answer(
            facts: shown, count: matches.count, total: topic.facts.count, next: shown.count < page.count ? shown.last?.id : nil,
            facets: facets.map { ($0, index.counts(of: $0, in: matches)) }
        )
    }

    /// The words of a text in small letters, without the marks around them: "Qwen2-7B," is one word.
    package static func words(_ text: String) -> [String] {
        text.lowercased().split { $0.isWhitespace || $0 == "," || $0 == "/" }.compactMap { word in
            let scalars = word.unicodeScalars
            guard let start = scalars.firstIndex(where: \.isWordlike), let end = scalars.lastIndex(where: \.isWordlike) else { return nil }
            return String(scalars[start...end])
        }
    }
}

extension FactQuery.Filter {
    /// What a fact has under this filter, as written in the catalogue.
    package func values(of fact: Fact, in topic: Topic) -> [String] {
        switch self {
        case .theme: [fact.theme]
        case .method: fact.conditions.methods
        case .model: fact.conditions.models
        case .hardware: fact.conditions.hardware
        case .bits: fact.conditions.bits.map { [$0.text] } ?? []
        case .status: [fact.status.rawValue]
        case .year: [String(fact.year)]
        case .source: topic.references(of: fact).map(\.id).uniqued()
        case .usedIn: topic.uses(of: fact.id).map(\.audience).uniqued()
        }
    }

    /// Every value that the topic knows, in a useful order.
    package func knownValues(in topic: Topic) -> [String] {
        switch self {
        case .theme: topic.themes.map(\.id)
        case .method: topic.methods.map(\.id)
        case .status: Fact.Status.allCases.map(\.rawValue)
        case .source: topic.sources.map(\.id)
        case .usedIn: topic.audiences.map(\.id)
        case .bits: topic.queryIndex.names(of: self).sorted { (Double($0) ?? 0) < (Double($1) ?? 0) }
        case .model, .hardware, .year: topic.queryIndex.names(of: self).sorted()
        }
    }
}

extension Unicode.Scalar {
    /// What a word may begin or end with.
    fileprivate var isWordlike: Bool { properties.isAlphabetic || properties.numericType != nil || self == "%" }
}
