import Crypto
import Foundation

/// The text files of a configuration folder, as values: read once, then never looked at again.
package struct ConfigFiles: Sendable {
    /// Path below the folder, with `/`, to contents.
    package var texts: [String: String]

    package init(_ texts: [String: String]) { self.texts = texts }

    /// Reads every `.yaml`, `.md` and `.txt` file below `folder`; hidden files are left out.
    package init(folder: String) throws(LoadingErrors) {
        guard let paths = Self.paths(below: folder) else {
            throw LoadingErrors(problems: [
                Problem(file: folder, "no such folder; name the configuration folder with --config DIR")
            ])
        }
        var texts: [String: String] = [:]
        var problems = paths.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".markdown") }.map {
            Problem(file: $0, "is not read; name it .\($0.hasSuffix(".yml") ? "yaml" : "md")")
        }
        for path in paths where path.hasSuffix(".yaml") || path.hasSuffix(".md") || path.hasSuffix(".txt") {
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") else {
                problems.append(Problem(file: path, "cannot be read; check its permissions"))
                continue
            }
            guard let text = String(validating: bytes, as: UTF8.self) else {
                problems.append(Problem(file: path, "is not UTF-8 text; save it as UTF-8"))
                continue
            }
            // Windows editors put a mark before the text.
            texts[path] = text.hasPrefix("\u{FEFF}") ? String(text.unicodeScalars.dropFirst()) : text
        }
        guard problems.isEmpty else { throw LoadingErrors(problems: problems) }
        self.texts = texts
    }

    /// The files below `folder`, hidden ones left out; nil if it is none.
    ///
    /// Links to folders are followed, because Kubernetes and git-sync mount a configuration as links.
    private static func paths(below folder: String, within parents: Set<String> = []) -> [String]? {
        let real = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
        guard !parents.contains(real), let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return nil }
        return names.filter { !$0.hasPrefix(".") }.flatMap { name in
            paths(below: "\(folder)/\(name)", within: parents.union([real]))?.map { "\(name)/\($0)" } ?? [name]
        }
    }

    /// Content digest over paths and contents: the same on every machine for the same files.
    package var digest: String {
        var hash = SHA256()
        for (path, text) in texts.sorted(by: { $0.key < $1.key }) {
            for part in [path, text] {
                hash.update(data: Array("\(part.utf8.count):".utf8))
                hash.update(data: Array(part.utf8))
            }
        }
        return "sha256:" + hash.finalize().map { byte in hexDigits(byte) }.joined()
    }

    /// Names of the folders directly below `folder`.
    func folders(in folder: String) -> [String] {
        texts.keys.compactMap { path in
            guard path.hasPrefix(folder + "/") else { return nil }
            let parts = path.dropFirst(folder.count + 1).split(separator: "/")
            return parts.count > 1 ? String(parts[0]) : nil
        }.uniqued().sorted()
    }

    /// Paths of the files below `folder` that end in `suffix`.
    func files(in folder: String, suffix: String) -> [String] {
        texts.keys.filter { $0.hasPrefix(folder + "/") && $0.hasSuffix(suffix) }.sorted()
    }
}

private func hexDigits(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16)
    return digits.count == 1 ? "0" + digits : digits
}
