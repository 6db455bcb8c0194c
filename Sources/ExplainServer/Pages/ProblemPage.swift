import ExplainerKit

extension Pages {
    /// Why there is no ordinary answer, and what would have been one.
    ///
    /// - Parameter instance: the address that was asked for; "" when it could not be read.
    func problem(_ problem: HTTPProblem, instance: String) -> String {
        let frame = Frame(topic: defaultTopic, title: "\(problem.status) \(problem.title)")
        let address = ProblemAddress(instance, without: problem.errors.map(\.parameter))
        var page: Values = [
            "status": problem.status, "title": problem.title,
            "errors": problem.errors.map { error -> Values in
                [
                    "parameter": error.parameter, "errorDetail": error.detail, "hasAllowed": !error.allowed.isEmpty,
                    "allowed": error.allowed.map { allowed -> Values in
                        var choice: Values = ["text": allowed, "isNearest": allowed == error.suggestion]
                        choice["href"] = error.isAboutName ? nil : address?.setting(error.parameter, to: allowed)
                        return choice
                    },
                ]
            },
        ]
        // The parameters' own sentences say it all.
        page["detail"] = problem.errors.isEmpty ? problem.detail : nil
        page["suggestion"] = problem.suggestion.map { name -> Values in
            ["name": name, "href": name.hasPrefix("/") ? name : address?.sibling(name) ?? "/"]
        }
        return render("problem", frame, page)
    }
}

/// The address that was asked for, without what was wrong with it.
private struct ProblemAddress {
    private let path: Substring
    private let rest: [Substring]

    /// nil for what is no address of a resource here.
    init?(_ instance: String, without names: [String]) {
        guard instance.hasPrefix("/"), !instance.hasPrefix("//") else { return nil }
        let parts = instance.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts[0]
        rest = (parts.count > 1 ? parts[1] : "").split(separator: "&").filter { pair in
            let name = pair.prefix { $0 != "=" }
            // What is spelt in an unusual way is left out: it may be the culprit.
            return name.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") }
                && !names.contains(String(name))
        }
    }

    /// Another name behind the path's last slash, in the same topic.
    func sibling(_ name: String) -> String {
        let topic = rest.first { $0.hasPrefix("topic=") }.map { "?\($0)" } ?? ""
        return path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex) + "/" + percentEncoded(name) + topic
    }

    func setting(_ name: String, to value: String) -> String {
        path + "?" + (rest.map(String.init) + ["\(name)=\(percentEncoded(value))"]).joined(separator: "&")
    }
}
