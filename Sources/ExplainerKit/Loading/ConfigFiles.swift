import Crypto
import Foundation

/// The files of a configuration folder, as values: read once, then never looked at again.
package struct ConfigFiles: Sendable {
    /// Path below the folder, with `/`, to contents.
    package var texts: [String: String]
    /// The same for pictures.
    package var images: [String: [UInt8]]

    package init(_ texts: [String: String], images: [String: [UInt8]] = [:]) {
        self.texts = texts
        self.images = images
    }

    /// Reads every `.yaml`, `.md`, `.txt` and `.png` file below `folder`; hidden files are left out.
    package init(folder: String) throws(LoadingErrors) {
        guard let paths = Self.paths(below: folder) else {
            throw LoadingErrors(problems: [
                Problem(file: folder, "no such folder; name the configuration folder with --config DIR")
            ])
        }
        var texts: [String: String] = [:]
        var images: [String: [UInt8]] = [:]
        var problems = paths.filter { $0.hasSuffix(".yml") || $0.hasSuffix(".markdown") }.map {
            Problem(file: $0, "is not read; name it .\($0.hasSuffix(".yml") ? "yaml" : "md")")
        }
        for path in paths where [".yaml", ".md", ".txt", ".png"].contains(where: path.hasSuffix) {
            guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(path)") else {
                problems.append(Problem(file: path, "cannot be read; check its permissions"))
                continue
            }
            if path.hasSuffix(".png") {
                images[path] = Array(bytes)
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
        self.images = images
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
        let files = texts.map { ($0.key, Array($0.value.utf8)) } + images.map { ($0.key, $0.value) }
        for (path, contents) in files.sorted(by: { $0.0 < $1.0 }) {
            for part in [Array(path.utf8), contents] {
                hash.update(data: Array("\(part.count):".utf8))
                hash.update(data: part)
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
