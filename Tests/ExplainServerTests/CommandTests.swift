import ExplainerKit
import Foundation
import TestSupport
import Testing

/// The program as a person runs it.
@Suite struct CommandTests {
    private struct Run {
        let status: Int32
        let output: String
        let errors: String
    }

    private func process(_ arguments: [String], environment: [String: String] = [:]) -> (Process, output: Pipe, errors: Pipe) {
        let process = Process()
        let output = Pipe()
        let errors = Pipe()
        process.executableURL = Program.path
        process.arguments = arguments
        process.environment = environment.merging(Program.sanitizerOptions) { $1 }
        process.standardOutput = output
        process.standardError = errors
        return (process, output, errors)
    }

    private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Run {
        let (process, output, errors) = process(arguments, environment: environment)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Run(status: process.terminationStatus, output: text, errors: complaints)
    }

    /// A folder with the small topic, changed by `edit`, for the length of `body`.
    private func withConfig(_ edit: (inout [String: String]) -> Void = { _ in }, _ body: (String) throws -> Void) throws {
        var texts = SmallTopic.files.texts
        edit(&texts)
        let folder = try ConfigFolder(texts)
        try withExtendedLifetime(folder) { try body(folder.path) }
    }

    @Test func `check approves of the shipped configuration and prints its measures`() throws {
        let run = try run("check", "--report", "--config", ShippedConfig.folder)
        #expect(run.status == 0, "\(run.output)")
        #expect(run.output.contains(": ok, 1 topic, 75 explainers"))
        #expect(run.output.split(separator: "\n").count { $0.hasSuffix("met") } == 75)
    }

    @Test func `a configuration that has passed is not judged again, and works the same`() throws {
        try withConfig { folder in
            // Beside the configuration, whose files all count.
            let beside = folder + "-beside"
            defer { try? FileManager.default.removeItem(atPath: beside) }
            try FileManager.default.createDirectory(atPath: beside, withIntermediateDirectories: true)
            let cache = ["EXPLAIN_CACHE_FOLDER": beside]
            let draft = "\(beside)/draft.md"
            try Data("Sencha needs 99 grams a cup.".utf8).write(to: URL(fileURLWithPath: draft))
            let first = try run("lint", "--config", folder, draft, environment: cache)
            let noted = try String(contentsOfFile: "\(beside)/judged.txt", encoding: .utf8)
            #expect(noted.hasPrefix("sha256:"))
            let second = try run("lint", "--config", folder, draft, environment: cache)
            #expect(first.output == second.output && first.status == second.status)
            #expect(try String(contentsOfFile: "\(beside)/judged.txt", encoding: .utf8) == noted)
            // Other files are another configuration.
            try Data("facts: [".utf8).write(to: URL(fileURLWithPath: "\(folder)/topics/tea/facts/broken.yaml"))
            let third = try run("lint", "--config", folder, draft, environment: cache)
            #expect(third.status == 2 && third.errors.contains("facts/broken.yaml"), "\(third.errors)")
        }
    }

    @Test func `check prints every planted error with file and line, and exits with 1`() throws {
        try withConfig { texts in
            texts["topics/tea/facts/heat.yaml"]?.replace("lower: \"75\"", with: "lower: \"99\"")
            texts["topics/tea/pieces/host/make-tea.md"]?.replace("{boiling}", with: "{boyling}")
            texts["topics/tea/pieces/guest/make-tea.brief.md"]?.replace("{boiling}", with: "100 degrees")
            texts["topics/tea/facts/taste.yaml"]?.replace("theme: taste", with: "theme: tsate")
        } _: { folder in
            let run = try run("check", "--config", folder)
            #expect(run.status == 1)
            for part in [
                "facts/heat.yaml:27: error: lower 99 is greater than value 80",
                "pieces/host/make-tea.md:10: error: unknown fact \"boyling\"; did you mean \"boiling\"?",
                "pieces/guest/make-tea.brief.md:10: error: \"100\" is a quantity typed into prose",
                "facts/taste.yaml:3: error: unknown theme \"tsate\"; did you mean \"taste\"?",
            ] {
                #expect(run.output.contains(part), "\(run.output)")
            }
            let counted = run.output.split(separator: "\n").last.map(String.init) ?? ""
            #expect(counted.hasSuffix("errors"))
        }
    }

    @Test func `serve refuses a broken configuration: exit code 1, every error, nothing started`() throws {
        try withConfig { texts in
            texts["topics/tea/units.yaml"] = nil
        } _: { folder in
            let run = try run("serve", "--config", folder, "--port", "0")
            #expect(run.status == 1)
            #expect(run.errors.contains("topics/tea/units.yaml: error: the file is missing"))
            #expect(!run.errors.contains("listening"))
        }
    }

    @Test(arguments: [
        (["serve", "--port", "x"], "--port: error: \"x\" is no valid port"),
        (["serve", "--config", "/nowhere"], "/nowhere: error: no such folder"),
    ])
    func `serve refuses wrong settings`(arguments: [String], message: String) throws {
        let (process, _, errors) = process(arguments + (arguments.contains("--config") ? [] : ["--config", ShippedConfig.folder]))
        try process.run()
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 1)
        #expect(text.contains(message), "\(text)")
    }

    @Test func `serve prints its port, answers, and ends cleanly on SIGTERM`() throws {
        let folder = try ConfigFolder()
        let program = try Program(folder.path)
        #expect(try program.get("/readyz").body == "ready\n")
        program.signal(SIGTERM)
        #expect(program.remainder().contains("stopped"))
        #expect(program.process.terminationStatus == 0)
    }

    @Test func `render prints one piece`() throws {
        try withConfig { folder in
            let run = try run("render", "--config", folder, "--audience", "visitor", "--length", "brief", "--format", "markdown")
            #expect(run.status == 0)
            #expect(run.output.hasPrefix("# Tea for the guest"))
            let wrong = try self.run("render", "--config", folder, "--audience", "vistor")
            #expect(wrong.status == 64)
            #expect(wrong.errors.contains("Did you mean guest?"))
        }
    }

    @Test func `render --all writes the site as files with an index`() throws {
        try withConfig { folder in
            let site = folder + "/site"
            let run = try run("render", "--config", folder, "--all", site)
            #expect(run.status == 0, "\(run.errors)")
            for path in [
                "index.html", "index.json", "style.css", "site.js", "icon.svg", "myths.html", "charts.html", "facts.json",
                "facts/boiling.html", "explain/guest/make-tea/standard.txt",
                "explain/host/tea-by-analogy/full.html", "facts/feed.atom",
            ] {
                #expect(FileManager.default.fileExists(atPath: site + "/" + path), "\(path)")
            }
            let pages = (FileManager.default.enumerator(atPath: site)?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".html") }
            for page in pages {
                let folder = URL(fileURLWithPath: site).appendingPathComponent(page).deletingLastPathComponent()
                let html = try String(contentsOfFile: site + "/" + page, encoding: .utf8)
                #expect(!html.contains("<form") && !html.contains("127.0.0.1"), "\(page)")
                for link in html.matches(of: /href="([^"#]*)[^"]*"/).map({ String($0.1) })
                where !link.isEmpty && !link.hasPrefix("https://") {
                    let file = folder.appendingPathComponent(link).standardizedFileURL.path
                    #expect(!link.hasPrefix("/") && FileManager.default.fileExists(atPath: file), "\(page) leads to \(link)")
                }
            }
        }
    }

    // MARK: Lint

    /// A folder with texts, for the length of `body`.
    private func withTexts(_ texts: [String: [UInt8]], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, text) in texts { try Data(text).write(to: folder.appendingPathComponent(name)) }
        try body(folder.path)
    }

    @Test func `lint of clean texts is silent but for a summary, and exits with 0`() throws {
        try withConfig { config in
            try withTexts(["a.md": Array("Tea is poured.".utf8), "empty.txt": []]) { folder in
                let run = try run("lint", "--config", config, "\(folder)/a.md", "\(folder)/empty.txt")
                #expect(run.status == 0 && run.output.isEmpty, "\(run.output)\(run.errors)")
                #expect(run.errors == "0 errors, 0 warnings in 2 files; 0 of 0 figures sourced\n")
                let json = try self.run("lint", "--config", config, "--format", "json", "\(folder)/a.md")
                #expect(try JSONObject(Array(json.output.utf8)).object("text").integer("bytes") == 14)
                #expect(json.output.contains("\"snapshot\": \"sha256:") && json.errors.isEmpty)
                let several = try self.run("lint", "--config", config, "--format", "json", "\(folder)/a.md", "\(folder)/empty.txt")
                #expect(
                    try JSONObject(Array(several.output.utf8)).array("files").map { try $0.string("path") } == [
                        "\(folder)/a.md", "\(folder)/empty.txt",
                    ])
            }
        }
    }

    @Test func `lint finds, and exits with 1 from the severity on that was asked for`() throws {
        try withTexts(["a.md": Array("# Tea\n\nIt works like **magic**.\n".utf8)]) { folder in
            let run = try run("lint", "--config", ShippedConfig.folder, "\(folder)/a.md")
            #expect(run.status == 1 && run.output.hasPrefix("\(folder)/a.md:3:"), "\(run.output)\(run.errors)")
            #expect(run.output.contains(": error: ") && run.output.hasSuffix("[magic]\n"))
            #expect(try self.run("lint", "--config", ShippedConfig.folder, "--fail-on", "never", "\(folder)/a.md").status == 0)
            let sarif = try self.run("lint", "--config", ShippedConfig.folder, "--format", "sarif", "\(folder)/a.md")
            #expect(try sarif.status == 1 && JSONObject(Array(sarif.output.utf8)).string("version") == "2.1.0")
        }
    }

    @Test(arguments: [
        (["nowhere.txt"], "nowhere.txt: there is no such file"), (["."], ".: is a folder; name the files in it"),
        (["--format", "sarf", "x"], "--format: \"sarf\" is not a known format. Did you mean sarif? Valid: text, json"),
        (["--audience", "gest", "x"], "Did you mean guest?"), (["--markup", "pdf", "x"], "Valid: plain, markdown, html"),
        (["--fail-on", "errors", "x"], "Did you mean error?"), ([], "Missing expected argument '<file> ...'"),
        (["--fial-on", "error", "x"], "Unknown option '--fial-on'"), (["--config", "/nowhere", "x"], "/nowhere: error: no such folder"),
    ])
    func `lint exits with 2 where it cannot be used`(arguments: [String], message: String) throws {
        try withConfig { config in
            let (process, output, errors) = process(["lint"] + (arguments.contains("--config") ? [] : ["--config", config]) + arguments)
            try process.run()
            let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(output.fileHandleForReading.readDataToEndOfFile().isEmpty)
            process.waitUntilExit()
            #expect(process.terminationStatus == 2)
            #expect(complaints.contains(message), "\(complaints)")
        }
    }

    @Test func `lint names the byte that is no UTF-8, and checks the other files`() throws {
        try withConfig { config in
            try withTexts(["bad.txt": Array("Caf".utf8) + [0xE9], "good.txt": Array("Tea.".utf8)]) { folder in
                let run = try run("lint", "--config", config, "\(folder)/bad.txt", "\(folder)/good.txt")
                #expect(run.status == 2)
                #expect(run.errors.contains("bad.txt: is not UTF-8: byte 3,") && run.errors.contains("in 1 file;"), "\(run.errors)")
            }
        }
    }

    @Test func `lint reads standard input as the markup that it is told`() throws {
        try withConfig { config in
            let (process, output, _) = process(["lint", "--config", config, "--markup", "html", "--format", "json", "-"])
            let input = Pipe()
            process.standardInput = input
            try process.run()
            input.fileHandleForWriting.write(Data("<p>Tea.</p>".utf8))
            input.fileHandleForWriting.closeFile()
            let object = try JSONObject([UInt8](output.fileHandleForReading.readDataToEndOfFile()))
            process.waitUntilExit()
            #expect(try process.terminationStatus == 0 && object.object("text").integer("bytes") == 11)
        }
    }

    @Test(arguments: [[], ["serve"], ["check"], ["lint"], ["render"]])
    func `every command has help`(command: [String]) throws {
        let (process, output, _) = process(command + ["--help"])
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(text.contains("USAGE: explain-server"))
    }
}
