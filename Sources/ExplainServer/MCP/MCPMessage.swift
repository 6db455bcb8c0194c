import ExplainerKit

/// One message of a client: a request, or a notification, to which there is no reply.
struct MCPMessage {
    /// A text or a whole number, as it was sent; nil for a notification.
    let id: JSON?
    let method: String
    /// An object; empty when it was left out.
    let params: JSON

    /// The longest id and the longest name that are repeated in a reply.
    static let longestID = 256

    init(_ body: [UInt8]) throws(MCPFailure) {
        if let offset = firstInvalidUTF8(in: body) {
            throw MCPFailure(.parse, "The body is not valid UTF-8: byte \(offset), counted from 0, cannot be part of it.")
        }
        let value: JSON
        do throws(JSONReader.Failure) {
            value = try JSONReader.value(of: body)
        } catch {
            throw MCPFailure(.parse, "The body is not valid JSON: at byte \(error.offset), \(error.reason).")
        }
        guard case .object = value else {
            if case .array = value { throw MCPFailure(.invalidRequest, "Batches are not read; send each message by itself.") }
            throw MCPFailure(.invalidRequest, "The body has to be one JSON-RPC request or notification, an object.")
        }
        let id = value["id"]
        if let id { try Self.check(id) }
        func refuse(_ message: String) -> MCPFailure { MCPFailure(.invalidRequest, message, id: id) }
        guard value["jsonrpc"] == .string("2.0") else { throw refuse("\"jsonrpc\" has to be \"2.0\".") }
        guard let method = value["method"] else {
            let isResponse = value["result"] != nil || value["error"] != nil
            throw refuse(isResponse ? "This is a response; nothing was asked." : "\"method\" is missing.")
        }
        guard case .string(let method) = method else { throw refuse("\"method\" has to be a text.") }
        let params = value["params"] ?? .object([])
        guard case .object = params else { throw MCPFailure(.invalidParams, "\"params\" has to be an object.", id: id) }
        self.id = id
        self.method = method
        self.params = params
    }

    private static func check(_ id: JSON) throws(MCPFailure) {
        let refusal = MCPFailure(.invalidRequest, "\"id\" has to be a text or a whole number of at most \(longestID) bytes.")
        switch id {
        case .string(let text): guard text.utf8.count <= longestID else { throw refusal }
        case .digits(let text):
            guard text.utf8.count <= longestID, text.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }) else {
                throw refusal
            }
        default: throw refusal
        }
    }
}

/// What a client gets in place of a result.
struct MCPFailure: Error {
    let code: Code
    let message: String
    var data: JSON?
    /// Of the request, where the message itself could not be made out.
    var id: JSON?

    init(_ code: Code, _ message: String, data: JSON? = nil, id: JSON? = nil) {
        self.code = code
        self.message = message
        self.data = data
        self.id = id
    }

    enum Code: Int {
        case parse = -32700
        case invalidRequest = -32600
        case unknownMethod = -32601
        case invalidParams = -32602
        /// Only in the older dialect.
        case unknownResource = -32002
        case headerMismatch = -32020
        case unsupportedVersion = -32022
    }

    /// JSON-RPC's reply.
    func reply(to id: JSON?) -> JSON {
        var error: [(String, JSON)] = [("code", .integer(code.rawValue)), ("message", .string(message))]
        if let data { error.append(("data", data)) }
        let known = (id ?? self.id).map { [("id", $0)] } ?? []
        return .object([("jsonrpc", .string("2.0"))] + known + [("error", .object(error))])
    }
}

extension JSON {
    /// The text, where it is one.
    var string: String? { if case .string(let text) = self { text } else { nil } }
    /// The members, where it is an object.
    var members: [(String, JSON)]? { if case .object(let members) = self { members } else { nil } }
}
