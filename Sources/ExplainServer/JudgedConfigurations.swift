import ExplainerKit
import Foundation

/// Remembers on disk which configurations have passed every check, so that the next start with the same files need not judge them again.
///
/// One line for each in one file, the latest last: the configuration's digest, and which build of the program judged it. A cache only: it may
/// be deleted at any time, and where it cannot be written, every start judges.
struct JudgedConfigurations {
    private let file: URL?
    private let program: String

    private static let capacity = 32

    /// - Parameters:
    ///   - folder: nil for the usual place for such files, "" for none.
    ///   - environment: names the usual places: CACHE_DIRECTORY by systemd, else XDG_CACHE_HOME, else HOME.
    ///   - program: tells this build from others, which may judge differently.
    init(folder: String?, environment: [String: String], program: String? = JudgedConfigurations.thisProgram) {
        let usual =
            environment["CACHE_DIRECTORY"] ?? environment["XDG_CACHE_HOME"].map { "\($0)/explain-server" }
            ?? environment["HOME"].map { "\($0)/.cache/explain-server" }
        let folder = folder ?? usual ?? ""
        file = folder.isEmpty || program == nil ? nil : URL(fileURLWithPath: folder).appendingPathComponent("judged.txt")
        self.program = program ?? ""
    }

    /// Whether this build has found the configuration good before.
    func contains(_ digest: String) -> Bool { lines.contains(line(digest)) }

    /// Notes that the configuration is good.
    func add(_ digest: String) {
        guard let file, !contains(digest) else { return }
        let text = (lines + [line(digest)]).suffix(Self.capacity).map { $0 + "\n" }.joined()
        try? FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        // Whole or not at all, whoever else starts at the same time.
        try? Data(text.utf8).write(to: file, options: .atomic)
    }

    private var lines: [String] {
        guard let file, let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").map(String.init)
    }

    private func line(_ digest: String) -> String { "\(digest) \(program)" }

    /// Version, size and time of the executable; nil where it cannot be looked at.
    private static var thisProgram: String? {
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            let attributes = try? FileManager.default.attributesOfItem(atPath: path),
            let size = attributes[.size] as? Int, let changed = attributes[.modificationDate] as? Date
        else { return nil }
        // Whole seconds: an image's layers keep no more.
        return "\(Version.text) \(size) \(Int(changed.timeIntervalSince1970))"
    }
}
