import ExplainerKit
import HTTPD

/// A text that somebody sent to be checked, and what to check it for.
struct LintRequest {
    let text: [UInt8]
    let options: LintOptions
    let topic: TopicSite
    /// nil where the caller did not ask for a status that says it.
    let failOn: FailOn?
    /// What findings call the text.
    let path: String?

    /// What the parameters of the query may be, besides `format`.
    static let parameters = ["scope", "audience", "topic", "fail_on", "path"]
    /// What JSON and forms may hold.
    static let members = ["text", "format", "scope", "audience", "topic"]

    static let scopes = Choices<LintOptions.Scope>.cases
    static let failOns = Choices<FailOn>.cases
    static let textFormats = Choices<TextFormat>([
        (["plain", "text", "txt"], .plain), (["markdown", "md"], .markdown), (["html", "htm"], .html),
    ])

    /// How long a body may be so that a text of `limit` bytes fits into it; nil where no text is sent.
    static func bodyLimit(_ path: String, _ contentType: String, text limit: Int) -> Int? {
        let isLint = path == "/lint" || path.hasPrefix("/lint.")
        if isLint, case .text? = BodyKind(contentType) { return limit }
        // JSON and forms may write a byte in three.
        return isLint || path == LanguageTool.checkPath ? limit * 3 + 4096 : nil
    }
}

/// How a body holds the text.
enum BodyKind {
    /// It is the text.
    case text(TextFormat)
    case json
    case form

    /// nil for a type that is not taken, or in another encoding than UTF-8.
    init?(_ contentType: String?) {
        var parts = (contentType ?? "").split(separator: ";").map { $0.trimmingBlanks.lowercased() }[...]
        switch parts.popFirst() {
        case "text/plain": self = .text(.plain)
        case "text/markdown": self = .text(.markdown)
        case "text/html": self = .text(.html)
        case "application/json": self = .json
        case "application/x-www-form-urlencoded": self = .form
        default: return nil
        }
        for part in parts where part.hasPrefix("charset=") {
            guard ["utf-8", "utf8", "us-ascii"].contains(part.dropFirst("charset=".count).filter { $0 != "\"" }) else { return nil }
        }
    }

    static let types = ["text/plain", "text/markdown", "text/html", "application/json", "application/x-www-form-urlencoded"]
}

extension Call {
    /// Reads the body and the query of `POST /lint`; all mistakes are told at once.
    mutating func lintRequest() throws(HTTPProblem) -> LintRequest {
        guard let kind = BodyKind(contentType) else { throw unsupportedType }
        if let offset = firstInvalidUTF8(in: body) {
            throw HTTPProblem(400, "The body is not valid UTF-8: byte \(offset), counted from 0, cannot be part of it. Send it as UTF-8.")
        }
        var sent: LintBody
        switch kind {
        case .text(let format): sent = LintBody(text: body, format: format)
        case .json: sent = try LintBody(json: body)
        case .form: sent = try LintBody(form: body)
        }
        let topic = topic(&sent)
        let scope = value("scope", in: LintRequest.scopes, &sent)
        let audience = value("audience", in: topic.audiences, &sent)
        let format = sent.format ?? sent.parameters.choice("format", in: LintRequest.textFormats)
        let failOn = parameters.choice("fail_on", in: LintRequest.failOns)
        let path = parameters.text("path", limit: 1024)
        let errors = parameters.errors + sent.parameters.errors
        guard errors.isEmpty else { throw HTTPProblem(parameters: errors) }
        guard sent.text.count <= site.lintMaxBytes else {
            throw HTTPProblem(413, "The text has \(sent.text.count) bytes; at most \(site.lintMaxBytes) are checked. Send it in parts.")
        }
        return LintRequest(
            text: sent.text, options: LintOptions(format: format ?? .plain, scope: scope ?? .fragment, audience: audience), topic: topic,
            failOn: failOn, path: path
        )
    }

    private var unsupportedType: HTTPProblem {
        let types = BodyKind.types.joined(separator: ", ")
        let given = contentType.map { "A body of type \"\($0.shortened)\" is not read here" } ?? "The body's Content-Type is missing"
        var problem = HTTPProblem(415, "\(given); send text in UTF-8 as \(types).")
        problem.headers = [Field("Accept-Post", types)]
        return problem
    }

    private mutating func topic(_ sent: inout LintBody) -> TopicSite { value("topic", in: site.topics, &sent) ?? site.defaultTopic }

    /// A value from the query or from the body, but not from both.
    private mutating func value<Value>(_ name: String, in choices: Choices<Value>, _ sent: inout LintBody) -> Value? {
        if parameters.text(name) != nil, sent.parameters.text(name) != nil {
            sent.parameters.fail(name, "\(name) stands in the address and in the body; give it once.")
        }
        let inBody = sent.parameters.choice(name, in: choices)
        return parameters.choice(name, in: choices) ?? inBody
    }
}

/// What a body holds.
private struct LintBody {
    var text: [UInt8]
    /// What the body's type says.
    var format: TextFormat?
    /// What is said beside the text.
    var parameters = Parameters([], names: LintRequest.members)

    init(text: [UInt8], format: TextFormat) {
        self.text = text
        self.format = format
    }

    init(json body: [UInt8]) throws(HTTPProblem) {
        let value: JSON
        do throws(JSONReader.Failure) {
            value = try JSONReader.value(of: body)
        } catch {
            let place = SourcePositions(body).position(at: error.offset)
            throw HTTPProblem(
                400, "The body is not valid JSON: at line \(place.line), column \(place.column) (byte \(place.utf8)), \(error.reason).")
        }
        guard case .object(let members) = value else {
            throw HTTPProblem(400, "The body has to be a JSON object such as {\"text\": \"…\", \"format\": \"markdown\"}.")
        }
        var fields: [Field] = []
        var mistakes: [(name: String, detail: String)] = []
        var text: String?
        for (name, member) in members {
            switch member {
            case .string(let value) where name == "text": text = value
            case .string(let value): fields.append(Field(name, value))
            case .null where name != "text" && LintRequest.members.contains(name): break
            case _ where LintRequest.members.contains(name):
                mistakes.append((name, "\(name) has to be a text in quotation marks, not \(member.kind)."))
            default: fields.append(Field(name, " "))
            }
        }
        parameters = Parameters(fields, names: LintRequest.members)
        for mistake in mistakes { parameters.fail(mistake.name, mistake.detail) }
        if text == nil { parameters.fail("text", "text is missing; send {\"text\": \"…\"}.") }
        self.text = Array((text ?? "").utf8)
    }

    /// Browsers also send the fields that nobody filled in.
    init(form body: [UInt8]) throws(HTTPProblem) {
        var fields: [Field]
        do throws(QueryError) {
            fields = try Form.fields(of: body).filter { !$0.value.isEmpty || $0.name == "text" }
        } catch {
            guard LintRequest.members.contains(error.name) else { throw Self.noForm }
            throw HTTPProblem(parameters: [.init(parameter: error.name, value: "", detail: error.explanation)])
        }
        let texts = fields.filter { $0.name == "text" }
        guard let text = texts.first else { throw Self.noForm }
        fields.removeAll { $0.name == "text" }
        parameters = Parameters(fields, names: LintRequest.members)
        if texts.count > 1 { parameters.fail("text", "The parameter text is given twice; give it once.") }
        self.text = Array(text.value.utf8)
    }

    /// curl says "form" unless it is told what the body is.
    private static let noForm = HTTPProblem(
        400,
        "The body is no form with a field text. To check a file with curl, add -H 'Content-Type: text/plain', or text/markdown or text/html."
    )
}

extension JSON {
    /// What kind of value it is, in a sentence.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "true or false"
        case .integer, .number, .digits: "a number"
        case .string: "a text"
        case .array, .elements: "a list"
        case .object: "an object"
        }
    }
}
