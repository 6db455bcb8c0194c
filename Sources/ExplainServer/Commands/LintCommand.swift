import ArgumentParser
import ExplainerKit
import Foundation
import HTTPD

/// Checks files against the rules and the facts.
struct LintCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check texts against the rules and the facts.",
        discussion: "Exit code 0: nothing at or above --fail-on was found; 1: something was; 2: the texts or the options cannot be used."
    )

    @OptionGroup var config: ConfigOption

    @Option(help: "Topic id. (default: the configured one)")
    var topic: String?

    @Option(help: "Audience id, name or alias; some words are plain to one and not to another.")
    var audience: String?

    @Option(help: "fragment for sentences, explainer for a whole piece with all its parts. (default: fragment)")
    var scope: String?

    @Option(help: "plain, markdown or html. (default: what the file's name says, else plain)")
    var markup: String?

    @Option(help: "text, json, sarif, rdjsonl or github. (default: text)")
    var format: String?

    @Option(help: "error, warning or never: from which severity on the exit code is 1. (default: error)")
    var failOn: String?

    @Argument(help: ArgumentHelp("Files to check; - is standard input.", valueName: "file"))
    var files: [String]

    /// What is wrong with the options or the texts; exit code 2.
    static let misuse = ExitCode(2)

    func run() throws {
        let site: Site
        do throws(LoadingErrors) {
            (site, _) = try config.load()
        } catch {
            for problem in error.problems { log(config.line(problem)) }
            throw Self.misuse
        }
        // The same names, and the same advice, as over HTTP.
        let given = [
            ("topic", topic), ("audience", audience), ("scope", scope), ("markup", markup), ("format", format), ("fail-on", failOn),
        ]
        var options = Parameters(given.compactMap { name, value in value.map { Field(name, $0) } }, names: given.map(\.0))
        let topic = options.choice("topic", in: site.topics) ?? site.defaultTopic
        let audience = options.choice("audience", in: topic.audiences)
        let scope = options.choice("scope", in: LintRequest.scopes) ?? .fragment
        let markup = options.choice("markup", in: LintRequest.textFormats)
        let format = options.choice("format", in: Self.formats) ?? .text
        let failOn = options.choice("fail-on", in: LintRequest.failOns) ?? .error
        guard options.errors.isEmpty else {
            for error in options.errors {
                log("--\(error.parameter): \(error.detail) Valid: \(error.allowed.joined(separator: ", ")).")
            }
            throw Self.misuse
        }
        var answers: [LintAnswer] = []
        for file in files {
            guard let text = text(of: file) else { continue }
            let options = LintOptions(format: markup ?? self.markup(of: file), scope: scope, audience: audience)
            answers.append(LintAnswer(topic.topic.gate.lint(text, options), name: file == "-" ? SARIF.nameless : file))
        }
        FileHandle.standardOutput.write(Data(bytes(of: answers, format, failOn, topic.topic, site)))
        let counts = answers.reduce(ReportCounts()) { $0 + $1.counts }
        if format == .text {
            log(
                "\(counted(counts.error, "error")), \(counted(counts.warning, "warning")) in \(counted(answers.count, "file")); "
                    + "\(counts.sourced) of \(counted(counts.numbers, "figure")) sourced"
            )
        }
        if answers.count < files.count { throw Self.misuse }
        if !answers.allSatisfy({ $0.passes(failOn) }) { throw ExitCode(1) }
    }

    private static let formats = Choices<Format>(
        [Format.text, .json, .sarif, .rdjsonl, .github].map { ([$0.rawValue], $0) }
    )
    /// Positions in a text are kept in 32 bits.
    private static let mostBytes = 256 << 20

    /// The bytes of a file; nil if they cannot be checked, which is then said.
    private func text(of file: String) -> [UInt8]? {
        func refuse(_ reason: String) -> [UInt8]? {
            log("\(file == "-" ? SARIF.nameless : file): \(reason)")
            return nil
        }
        let data: Data
        if file == "-" {
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else {
            guard FileManager.default.fileExists(atPath: file) else { return refuse("there is no such file") }
            if (try? FileManager.default.contentsOfDirectory(atPath: file)) != nil { return refuse("is a folder; name the files in it") }
            guard let handle = FileHandle(forReadingAtPath: file), let contents = try? handle.readToEnd() ?? Data() else {
                return refuse("cannot be read; check its permissions")
            }
            data = contents
        }
        guard data.count <= Self.mostBytes else { return refuse("is larger than \(Self.mostBytes) bytes; split it") }
        let bytes = [UInt8](data)
        if let offset = firstInvalidUTF8(in: bytes) {
            return refuse("is not UTF-8: byte \(offset), counted from 0, cannot be part of it; save it as UTF-8")
        }
        return bytes
    }

    private func markup(of file: String) -> TextFormat {
        let suffix = file.split(separator: ".").last.map(String.init) ?? ""
        return LintRequest.textFormats[suffix == "xhtml" ? "html" : suffix] ?? .plain
    }

    private func bytes(of answers: [LintAnswer], _ format: Format, _ failOn: FailOn, _ topic: Topic, _ site: Site) -> [UInt8] {
        let base = site.headers.publicURL
        let links = ReportLinks(
            base: base.isEmpty ? nil : base, query: topic.id == site.defaultTopic.topic.id ? "" : "?topic=\(topic.id)"
        )
        let snapshot = ("snapshot", JSON.string(site.snapshot.digest))
        switch format {
        case .sarif: return SARIF.log(answers, rules: topic.gate.rules, version: Version.text, links: links).bytes
        case .rdjsonl: return ReportLines.reviewdog(answers, links: links)
        case .github: return ReportLines.github(answers)
        case .json where files.count == 1:
            return answers.first.map { JSON.object($0.json(failOn: failOn, links: links) + [snapshot]).bytes } ?? []
        case .json:
            let counts = answers.reduce(ReportCounts()) { $0 + $1.counts }
            let files = answers.map { JSON.object([("path", .string($0.name ?? ""))] + $0.json(failOn: failOn, links: links)) }
            return JSON.object([
                ("ok", .bool(answers.allSatisfy { $0.passes(failOn) })), ("counts", counts.json), ("files", .array(files)), snapshot,
            ]).bytes
        default: return ReportLines.text(answers)
        }
    }
}
