import Foundation

/// JSON read back by a parser that is not ours.
struct JSONObject {
    private let members: [String: Any]

    struct NotThere: Error { let key: String }

    init(_ bytes: [UInt8]) throws {
        members = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any] ?? [:]
    }

    private init(_ members: [String: Any]) { self.members = members }

    func string(_ key: String) throws -> String { try member(key) }
    func integer(_ key: String) throws -> Int { try member(key) }
    func object(_ key: String) throws -> JSONObject { JSONObject(try member(key) as [String: Any]) }
    func array(_ key: String) throws -> [JSONObject] { try (member(key) as [[String: Any]]).map(JSONObject.init) }

    private func member<Value>(_ key: String) throws -> Value {
        guard let value = members[key] as? Value else { throw NotThere(key: key) }
        return value
    }
}
