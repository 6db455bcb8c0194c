import Foundation
import Glibc

/// What the system says of this process, under the names that all clients of Prometheus use; what cannot be read is left out.
struct ProcessFigures {
    /// CPU time, in seconds.
    var cpu: Double?
    var residentBytes: Double?
    var virtualBytes: Double?
    /// In seconds since 1970.
    var started: Double?
    var threads: Double?
    var openDescriptors: Double?
    var mostDescriptors: Double?

    static func now() -> ProcessFigures {
        var figures = ProcessFigures()
        let ticks = Double(sysconf(CInt(_SC_CLK_TCK)))
        // The name before the last bracket may hold anything.
        let fields = read("/proc/self/stat").split(separator: ")").last?.split(separator: " ").map { Double($0) } ?? []
        if fields.count > 21, let user = fields[11], let system = fields[12], let since = fields[19], let pages = fields[21] {
            figures.cpu = (user + system) / ticks
            figures.threads = fields[17]
            figures.virtualBytes = fields[20]
            figures.residentBytes = pages * Double(sysconf(CInt(_SC_PAGESIZE)))
            if let uptime = read("/proc/uptime").split(separator: " ").first.flatMap({ Double($0) }) {
                figures.started = (Date().timeIntervalSince1970 - uptime + since / ticks).rounded()
            }
        }
        // One is for looking.
        figures.openDescriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { Double($0.count - 1) }
        figures.mostDescriptors = read("/proc/self/limits").firstMatch(of: /Max open files +(\d+)/).flatMap { Double($0.1) }
        return figures
    }

    private static func read(_ path: String) -> String {
        FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}

extension Exposition {
    mutating func add(_ figures: ProcessFigures) {
        let all: [(String, Kind, String, Double?)] = [
            ("process_cpu_seconds_total", .counter, "CPU time of the process, in user mode and in the kernel.", figures.cpu),
            ("process_resident_memory_bytes", .gauge, "Memory of the process that is in RAM.", figures.residentBytes),
            ("process_virtual_memory_bytes", .gauge, "Address space of the process.", figures.virtualBytes),
            ("process_start_time_seconds", .gauge, "When the process started, in seconds since 1970.", figures.started),
            ("process_threads", .gauge, "Threads of the process.", figures.threads),
            ("process_open_fds", .gauge, "Open files and sockets.", figures.openDescriptors),
            ("process_max_fds", .gauge, "How many files and sockets may be open.", figures.mostDescriptors),
        ]
        for (name, kind, help, value) in all {
            if let value { add(name, kind, help, value) }
        }
    }
}
