import Foundation
import Glibc

/// Whether anything in a folder has changed, told by names, sizes, times and places of its files without reading them.
struct FolderStamp: Equatable, Sendable {
    private let sum: Int

    /// Links are followed, hidden files left out, as when a configuration is read.
    init(_ folder: String) {
        var hasher = Hasher()
        Self.add(folder, to: &hasher, within: [])
        sum = hasher.finalize()
    }

    private static func add(_ path: String, to hasher: inout Hasher, within parents: Set<UInt>) {
        var found = stat()
        hasher.combine(path)
        guard unsafe stat(path, &found) == 0, !parents.contains(found.st_ino) else { return hasher.combine(errno) }
        hasher.combine(found.st_dev)
        hasher.combine(found.st_ino)
        guard found.st_mode & S_IFMT == S_IFDIR else {
            hasher.combine(found.st_size)
            hasher.combine(found.st_mtim.tv_sec)
            return hasher.combine(found.st_mtim.tv_nsec)
        }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        for name in names.sorted() where !name.hasPrefix(".") {
            add("\(path)/\(name)", to: &hasher, within: parents.union([found.st_ino]))
        }
    }
}

/// Looks at a folder once a second, and tells when it has changed and is quiet again.
///
/// Looking costs a millisecond for a hundred files, and sees what notifications of the kernel do not: changes on network file systems, and the
/// exchanged links with which Kubernetes mounts a ConfigMap.
struct FolderWatch: Sendable {
    let folder: String
    let changed: @Sendable () -> Void
    private let first: FolderStamp

    /// Make it before the folder is read, so that nothing is missed in between.
    init(_ folder: String, changed: @escaping @Sendable () -> Void) {
        self.folder = folder
        self.changed = changed
        first = FolderStamp(folder)
    }

    /// Never returns.
    func run() -> Never {
        var known = first
        var last = first
        while true {
            sleep(1)
            let now = FolderStamp(folder)
            // What still changes is being written.
            if now != known, now == last {
                known = now
                changed()
            }
            last = now
        }
    }
}
