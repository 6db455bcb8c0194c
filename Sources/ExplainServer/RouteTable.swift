import ExplainerKit
import HTTPD
import Synchronization

/// One resource: where it is, in which forms, with which parameters, and what answers it.
///
/// A class, so that a request's hold on it costs one count.
final class Route: Sendable {
    typealias Handler = @Sendable (inout Call) throws(HTTPProblem) -> Answer

    /// "/facts" or, with one captured name, "/facts/:id" or "/embed/:id/embed.js".
    let pattern: String
    /// GET, with which HEAD goes, or POST.
    let method: HTTPD.Method
    /// The first is the default for clients that accept anything.
    let formats: [Format]
    /// Besides `format`, which goes with every resource.
    let parameters: [String]
    let formatChoices: Choices<Format>
    /// All names that a query may have.
    let names: [String]
    /// Header fields of the request that its handler reads.
    let headers: [String]
    /// What it is, for the index.
    let summary: String
    let reading: Reading
    let handler: Handler
    /// What measurements and logs know it by: from 1, in the order in which routes are made.
    let number = Route.made.add(1, ordering: .relaxed).newValue

    private static let made = Atomic(0)

    /// What a resource wants of a request beside what all do.
    struct Reading: OptionSet {
        let rawValue: Int
        /// The answer has to name the host that was asked.
        static let host = Reading(rawValue: 1)
        /// A foreign contract has it that unknown parameters are passed over.
        static let anyParameter = Reading(rawValue: 2)
    }

    init(
        _ pattern: String, method: HTTPD.Method = .get, _ formats: [Format], parameters: [String] = [],
        headers: [String] = [], reading: Reading = [], _ summary: String, handler: @escaping Handler
    ) {
        self.pattern = pattern
        self.method = method
        self.formats = formats
        self.parameters = parameters
        formatChoices = Choices(formats.map { ([$0.rawValue] + ($0.suffix.map { [$0] } ?? []), $0) })
        names = parameters + ["format"]
        self.headers = headers
        self.reading = reading
        self.summary = summary
        self.handler = handler
    }

    /// What stands before and behind the captured name, if the path has one.
    var frame: (prefix: String, tail: String)? {
        pattern.firstRange(of: "/:id").map { (String(pattern[..<$0.lowerBound]), String(pattern[$0.upperBound...])) }
    }

    /// The resource's address in another form.
    func alternates(of path: String, query: String) -> [(format: Format, path: String)] {
        formats.compactMap { format in
            format.suffix.map { (format, path == "/" ? "/?format=\(format.rawValue)" : "\(path).\($0)\(query)") }
        }
    }
}

/// A request on its way to its resource.
struct Call {
    let site: Site
    let state: ServiceState
    let route: Route
    /// Without a suffix.
    let path: String
    /// The captured name, as sent; "" without one.
    let name: String
    let format: Format
    /// Whether Accept decided, and not the address.
    let isNegotiated: Bool
    /// The query as it came.
    let fields: [Field]
    /// The query, read strictly.
    var parameters: Parameters
    /// Of a POST.
    let body: [UInt8]
    /// What the body is, as the client says.
    let contentType: String?
    /// The host that the client asked, where an answer may have to name it.
    let host: String?
    /// Of those header fields that the route reads, the ones that were sent.
    var headers: [String: String] = [:]

    /// Scheme and host for links in what is read elsewhere: the public ones, else those that the client used.
    var base: String? { site.headers.publicURL.isEmpty ? host.map { "http://\($0)" } : site.headers.publicURL }

    /// The topic that was asked for, or the default one.
    mutating func topic() -> TopicSite { parameters.choice("topic", in: site.topics) ?? site.defaultTopic }
}

/// What a resource answers.
enum Answer {
    case content(Content)
    case outcome(Outcome)
}

/// Every resource, and the way from a path to one.
final class RouteTable: Sendable {
    let routes: [Route]
    /// Whole paths, with and without suffix.
    private let exact: [String: Target]
    /// What stands before a captured name at the end.
    private let captured: [String: Int]
    /// The few with more behind the captured name.
    private let framed: [(prefix: String, tail: String, index: Int)]

    struct Target: Sendable {
        /// What answers GET, and what answers POST.
        var get: Int?
        var post: Int?
        /// What the suffix says.
        let format: Format?
    }

    init(_ routes: [Route]) {
        self.routes = routes
        var exact: [String: Target] = [:]
        var captured: [String: Int] = [:]
        var framed: [(prefix: String, tail: String, index: Int)] = []
        for (index, route) in routes.enumerated() {
            if let (prefix, tail) = route.frame {
                if tail.isEmpty { captured[prefix] = index } else { framed.append((prefix + "/", tail, index)) }
                continue
            }
            func add(_ path: String, _ format: Format?) {
                var target = exact[path] ?? Target(format: format)
                if route.method == .post { target.post = index } else { target.get = index }
                exact[path] = target
            }
            add(route.pattern, nil)
            guard route.pattern != "/", !route.pattern.contains(".") else { continue }
            for format in route.formats {
                if let suffix = format.suffix { add("\(route.pattern).\(suffix)", format) }
            }
        }
        self.exact = exact
        self.captured = captured
        self.framed = framed
    }

    /// The pattern of each route in the place of its number, with "{id}" for a captured name; "none" where there is no route.
    var labels: [String] {
        var labels = [String](repeating: "none", count: 128)
        for route in routes where route.number < labels.count { labels[route.number] = route.pattern.replacing(":id", with: "{id}") }
        return labels
    }

    /// Where a path leads.
    struct Match {
        fileprivate let get: Route?
        fileprivate let post: Route?
        /// What measurements know the path by.
        var number: Int { (get ?? post)?.number ?? 0 }
        let path: String
        let name: String
        let format: Format?

        /// What answers a method, if anything does.
        func route(for method: HTTPD.Method) -> Route? {
            switch method {
            case .get, .head: get
            case .post: post
            default: nil
            }
        }

        var methods: [String] {
            (get == nil ? [] : ["GET", "HEAD"]) + (post == nil ? [] : ["POST"]) + ["OPTIONS"]
        }
    }

    /// What answers GET under a pattern.
    func route(_ pattern: String) -> Route? { routes.first { $0.pattern == pattern && $0.method == .get } }

    func match(_ path: String) throws(HTTPProblem) -> Match {
        if let target = exact[path] {
            let get = target.get.map { routes[$0] }
            let post = target.post.map { routes[$0] }
            return Match(get: get, post: post, path: (get ?? post)?.pattern ?? path, name: "", format: target.format)
        }
        for (prefix, tail, index) in framed where path.hasPrefix(prefix) && path.hasSuffix(tail) {
            let name = path.dropFirst(prefix.count).dropLast(tail.count)
            guard !name.isEmpty, !name.contains("/") else { continue }
            return Match(get: routes[index], post: nil, path: path, name: String(name), format: nil)
        }
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex, let index = captured[String(path[..<slash])] else {
            throw HTTPProblem.notFound("page", path, among: exact.keys.sorted())
        }
        let route = routes[index]
        let (name, format) = split(path[path.index(after: slash)...], formats: route.formats)
        guard !name.isEmpty else { throw HTTPProblem.notFound("page", path, among: exact.keys.sorted()) }
        return Match(get: route, post: nil, path: "\(path[..<slash])/\(name)", name: name, format: format)
    }

    private func split(_ segment: Substring, formats: [Format]) -> (String, Format?) {
        guard let point = segment.lastIndex(of: "."),
            let format = formats.first(where: { $0.suffix.map { $0 == segment[segment.index(after: point)...] } ?? false })
        else { return (String(segment), nil) }
        return (String(segment[..<point]), format)
    }
}
