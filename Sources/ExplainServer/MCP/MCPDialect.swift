import ExplainerKit
import Foundation

/// Which family of revisions a message belongs to.
enum MCPDialect: Equatable {
    /// 2026-07-28: every request says its version, and headers repeat what routes it.
    case modern
    /// From 2025-06-18 on: a handshake comes first, of which nothing has to be remembered here.
    case legacy

    static let modernVersion = "2026-07-28"
    /// The newest is last: it is offered to clients that ask for another.
    static let legacyVersions = ["2025-06-18", "2025-11-25"]

    static let versionKey = "io.modelcontextprotocol/protocolVersion"
    static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    static let serverInfoKey = "io.modelcontextprotocol/serverInfo"

    /// - Parameter headers: those of the route that were sent.
    init(of message: MCPMessage, headers: [String: String]) throws(MCPFailure) {
        let header = headers[MCP.versionHeader].map { String(Substring($0).trimmingBlanks) }
        if message.params["_meta"]?[Self.versionKey] != nil || header == Self.modernVersion {
            self = .modern
        } else if let header, !Self.legacyVersions.contains(header), message.method != "initialize" {
            throw Self.unsupported(.string(header.shortened), id: message.id)
        } else {
            self = .legacy
        }
    }

    /// What a request of the newer dialect has to say about itself, in the order in which it is looked at.
    static func checkModern(_ message: MCPMessage, headers: [String: String]) throws(MCPFailure) {
        func mismatch(_ text: String) -> MCPFailure { MCPFailure(.headerMismatch, text) }
        for name in [MCP.versionHeader, MCP.methodHeader] where headers[name]?.contains(",") == true {
            throw mismatch("The header \(name) is sent twice; send it once.")
        }
        let meta = message.params["_meta"]
        for key in [versionKey, capabilitiesKey] where meta?[key] == nil {
            throw MCPFailure(.invalidParams, "params._meta has to hold \"\(key)\".")
        }
        guard meta?[capabilitiesKey]?.members != nil else {
            throw MCPFailure(.invalidParams, "\"\(capabilitiesKey)\" has to be an object, if only {}.")
        }
        try compare(MCP.versionHeader, headers, with: meta?[versionKey]?.string, "\"\(versionKey)\"")
        try compare(MCP.methodHeader, headers, with: message.method, "the method")
        if let member = namedMembers[message.method], let name = message.params[member]?.string {
            guard let sent = headers[MCP.nameHeader], decoded(Substring(sent).trimmingBlanks) == name else {
                throw mismatch("The header \(MCP.nameHeader) has to repeat params.\(member), \"\(name.shortened)\".")
            }
        }
        guard let version = meta?[versionKey]?.string, version == modernVersion else {
            throw unsupported(meta?[versionKey] ?? .null)
        }
    }

    private static func compare(
        _ name: String, _ headers: [String: String], with value: String?, _ what: String
    ) throws(MCPFailure) {
        guard let sent = headers[name], Substring(sent).trimmingBlanks == value ?? "" else {
            throw MCPFailure(.headerMismatch, "The header \(name) has to repeat \(what)\(value.map { ", \"\($0.shortened)\"" } ?? "").")
        }
    }

    /// What the header Mcp-Name repeats.
    private static let namedMembers = ["tools/call": "name", "prompts/get": "name", "resources/read": "uri"]

    /// A header's value; what is not plain ASCII stands in it as "=?base64?…?=".
    private static func decoded(_ value: Substring) -> String? {
        guard value.hasPrefix("=?base64?"), value.hasSuffix("?="), value.count >= 11 else { return String(value) }
        return Data(base64Encoded: String(value.dropFirst(9).dropLast(2))).flatMap { String(data: $0, encoding: .utf8) }
    }

    static func unsupported(_ requested: JSON, id: JSON? = nil) -> MCPFailure {
        let supported = [modernVersion] + legacyVersions.reversed()
        return MCPFailure(
            .unsupportedVersion, "This version of the protocol is not spoken here; these are: \(supported.joined(separator: ", ")).",
            data: .object([("supported", .strings(supported)), ("requested", requested)]), id: id
        )
    }
}
