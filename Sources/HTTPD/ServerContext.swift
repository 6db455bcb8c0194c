import CHTTPD
import Synchronization

/// What every callback needs; the server holds the one retained reference.
final class ServerContext: Sendable {
    let listener: Listener
    let gate: RequestGate
    let handlers: HandlerSwitch
    let admission: Admission?
    let proxies: TrustedProxies
    let log: LogLimiter
    let reaper: DeadlineReaper
    private let draining = Atomic(false)

    init(
        listener: Listener, gate: RequestGate, admission: Admission?, proxies: TrustedProxies, log: LogLimiter, reaper: DeadlineReaper,
        handlers: HandlerSwitch
    ) {
        self.listener = listener
        self.gate = gate
        self.admission = admission
        self.proxies = proxies
        self.log = log
        self.reaper = reaper
        self.handlers = handlers
    }

    var isDraining: Bool { draining.load(ordering: .relaxed) }
    func startDraining() { draining.store(true, ordering: .relaxed) }

    var requestsInFlight: Int { handlers.allWorkers.reduce(0) { $0 + $1.requestsInFlight } }

    /// What to know of a connection that has just been accepted.
    func makeExchange(socket: CInt, peer: ClientAddress) -> Exchange {
        let isTrusted = proxies.trust(peer)
        let limit = admission?.connectionsPerClient ?? 0
        let owner = limit > 0 && !isTrusted ? peer.household : nil
        let isSurplus = owner.map { reaper.count($0) > limit } ?? false
        let watch = Watch(socket: socket, reaper: reaper, owner: owner, isSurplus: isSurplus)
        return Exchange(worker: handlers.currentWorker(), watch: watch, peer: peer, proxies: isTrusted ? proxies : nil)
    }
}
