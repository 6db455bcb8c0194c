import ExplainerKit
import HTTPD

/// One message and what is answered to it.
struct MCPExchange {
    private let call: Call

    init(_ call: Call) { self.call = call }

    /// Never a server error: whatever is wrong, the client is told what would have worked.
    var outcome: Outcome {
        let message: MCPMessage
        let dialect: MCPDialect
        do throws(MCPFailure) {
            message = try MCPMessage(call.body)
            dialect = try MCPDialect(of: message, headers: call.headers)
        } catch {
            return Self.outcome(error.reply(to: nil), status: 400)
        }
        guard let id = message.id else {
            var accepted = Outcome(nil, [])
            accepted.status = 202
            return accepted
        }
        do throws(MCPFailure) {
            if dialect == .modern { try MCPDialect.checkModern(message, headers: call.headers) }
            let result = try MCPMethods(call: call, dialect: dialect).result(of: message)
            return Self.outcome(.object([("jsonrpc", .string("2.0")), ("id", id), ("result", .object(result))]))
        } catch {
            return Self.outcome(error.reply(to: id), status: dialect == .modern ? error.code.status : 200)
        }
    }

    private static func outcome(_ reply: JSON, status: Int = 200) -> Outcome {
        var outcome = Outcome(Format.json.mediaType, Array(reply.text.utf8))
        outcome.status = status
        return outcome
    }
}

extension MCPFailure.Code {
    /// In the newer dialect the status of the answer tells, too.
    fileprivate var status: Int { self == .unknownMethod ? 404 : 400 }
}
