import ArgumentParser
import ExplainerKit
import Foundation
import HTTPD

/// Renders one explainer to standard output, or the whole site into a folder.
struct RenderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "render",
        abstract: "Print one explainer, or write the whole site as static files for a file host."
    )

    @OptionGroup var config: ConfigOption

    @Option(help: "Audience id, name or alias.")
    var audience: String?

    @Option(help: "Trigger id or any phrase.")
    var trigger: String?

    @Option(help: "brief, standard or full.")
    var length: String?

    @Option(help: "Topic id.")
    var topic: String?

    @Option(help: "text, markdown, html, fragment or json.")
    var format: String?

    @Option(help: ArgumentHelp("Write every explainer in every form, the facts and an index into this folder.", valueName: "dir"))
    var all: String?

    func run() throws {
        let site: Site
        let settings: Settings
        do throws(LoadingErrors) {
            (site, settings) = try config.load(isStatic: all != nil)
        } catch {
            for problem in error.problems { log(config.line(problem)) }
            throw ExitCode(1)
        }
        let app = App(site: site, settings: settings)
        if let all { return try StaticSite(app: app, site: site).write(to: all) }
        let options = [("audience", audience), ("trigger", trigger), ("length", length), ("topic", topic), ("format", format)]
        let query = options.compactMap { name, value in value.map { "\(name)=\(percentEncoded($0))" } }.joined(separator: "&")
        let response = app.get("/explain?\(query)")
        guard response.status == 200 else {
            log(String(decoding: response.body, as: UTF8.self))
            throw ExitCode(64)
        }
        FileHandle.standardOutput.write(Data(response.body))
    }
}
