import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore

/// The same route as the service's on the Swift ecosystem's usual server: `/explain` answers the same bytes and header fields.
///
/// usage: HummingbirdBench HEADERS BODY; HEADERS has one "Name: value" a line. The first line on standard output is the port.
@main
struct HummingbirdBench {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { refuse("usage: HummingbirdBench HEADERS BODY") }
        let body = ByteBuffer(bytes: try Data(contentsOf: URL(fileURLWithPath: arguments[2])))
        var fields = HTTPFields()
        for line in try String(contentsOfFile: arguments[1], encoding: .utf8).split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { refuse("\(arguments[1]): no header field: \(line)") }
            fields.append(HTTPField(name: name, value: parts[1].trimmingCharacters(in: .whitespaces)))
        }
        let headers = fields
        let etag = headers[.eTag]
        // One core, as all that it is compared with.
        NIOSingletons.groupLoopCountSuggestion = 1
        let router = Router()
        router.get("/explain") { request, _ -> Response in
            if let etag, request.headers[.ifNoneMatch] == etag { return Response(status: .notModified, headers: headers) }
            return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
        }
        var logger = Logger(label: "bench")
        logger.logLevel = .error
        let app = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                FileHandle.standardOutput.write(Data("\(channel.localAddress?.port ?? 0)\n".utf8))
            }, logger: logger
        )
        try await app.runService()
    }

    /// Ends with the exit code for wrong use.
    private static func refuse(_ reason: String) -> Never {
        FileHandle.standardError.write(Data("\(reason)\n".utf8))
        exit(64)
    }
}
