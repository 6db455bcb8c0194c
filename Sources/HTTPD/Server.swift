import CHTTPD
import Glibc

/// A running HTTP server.
///
/// It owns one `MHD_Daemon`. It cannot be copied, so exactly one place ends it:
/// a call of `stop`, or the end of its scope.
@safe package struct Server: ~Copyable {
    /// Called on the server's threads, several at once. The request is good for the call only.
    package typealias Handler = @Sendable (borrowing Request) -> Response

    private let daemon: OpaquePointer
    private let context: Unmanaged<ServerContext>
    private let reaperThread: pthread_t
    /// How many connections a thread takes.
    private let limitPerThread: Int

    /// Starts listening; the port is open when this returns.
    ///
    /// `refuse` words the answer to what never reaches `handler`. The process's limit of open descriptors is raised
    /// as far as it may be, and SIGPIPE ignored.
    package init(
        _ configuration: Configuration, refuse: @escaping @Sendable (Refusal) -> Response, handler: @escaping Handler
    ) throws(ServerError) {
        let checksWire = RequestGate.canCheckWire(version: Server.libraryVersion)
        let (threads, limit) = configuration.capacity
        let listener = try Listener(configuration.endpoint, backlog: configuration.backlog, sharesPort: configuration.sharesPort)
        let context = ServerContext(
            listener: listener,
            gate: RequestGate(
                maxBodyBytes: configuration.maxBodyBytes, bodyLimit: configuration.bodyLimit, maxTargetBytes: configuration.maxTargetBytes,
                maxHeadBytes: configuration.maxHeadBytes, checksWire: checksWire
            ),
            admission: Admission(configuration), proxies: configuration.trustedProxies,
            log: LogLimiter(configuration.log), reaper: DeadlineReaper(limits: configuration.limits(forConnections: limit)),
            handlers: HandlerSwitch(refuse: refuse, handler: handler, keepsJournal: configuration.keepsJournal)
        )
        _ = signal(SIGPIPE, SIG_IGN)

        let flags = MHD_USE_EPOLL_INTERNAL_THREAD.rawValue | MHD_USE_ERROR_LOG.rawValue | MHD_USE_ITC.rawValue
        let retained = unsafe Unmanaged.passRetained(context)
        var options = unsafe chttpd_options(
            listener: listener.socket, flags: flags, threads: UInt32(clamping: threads), connection_limit: UInt32(clamping: limit),
            idle_timeout_seconds: UInt32(clamping: configuration.longestTimeoutSeconds),
            memory_per_connection: configuration.memoryPerConnection,
            // In 0.9.75 the strict side of "no blanks in names" is the negative one; later it is the other way round.
            strictness: checksWire ? -1 : 1,
            on_target: onTarget, on_unescape: onUnescape, on_request: onRequest, on_completed: onCompleted,
            on_connection: onConnection, on_log: onLog, context: retained.toOpaque()
        )
        // If it fails, libmicrohttpd may have closed the listener, so nobody else does.
        guard let daemon = unsafe chttpd_start(&options) else {
            unsafe retained.release()
            listener.removeFile()
            throw .cannotServe(reason: context.log.lastLine)
        }
        context.log.open()
        unsafe self.daemon = daemon
        unsafe self.context = retained
        reaperThread = context.reaper.start()
        limitPerThread = limit / threads
    }

    /// The version of libmicrohttpd at run time.
    package static var libraryVersion: String { unsafe String(cString: MHD_get_version()) }

    /// Where it listens, with the port that it has got.
    package var endpoint: Endpoint { unsafe context.takeUnretainedValue().listener.endpoint }

    /// The port in use, also after asking for port 0; 0 for a Unix socket.
    package var port: UInt16 { if case .network(_, let port) = endpoint { port } else { 0 } }

    /// What answers; it may be exchanged from any thread.
    package var handlers: HandlerSwitch { unsafe context.takeUnretainedValue().handlers }

    /// What it counts.
    package var instruments: Instruments { Instruments(unsafe context.takeUnretainedValue()) }

    /// Closes each connection with its next answer from now on; new ones are still accepted.
    package func beginDraining() { unsafe context.takeUnretainedValue().startDraining() }

    /// Requests that have begun and whose response is not yet sent.
    package var requestsInFlight: Int { unsafe context.takeUnretainedValue().requestsInFlight }

    /// Refuses new connections, lets requests in flight finish, joins the threads.
    ///
    /// Without the wait, a handler that is still running completes but its client receives nothing. Clients
    /// that were waiting to be accepted are still served; those that are connected and ask nothing are let go.
    /// - Returns: how many requests had to be cut because they outlasted the grace.
    @discardableResult
    package consuming func stop(draining grace: Duration) -> Int {
        let context = unsafe context.takeUnretainedValue()
        let deadline = ContinuousClock.now + grace
        context.startDraining()
        let listener = unsafe MHD_quiesce_daemon(daemon)
        turnAway(listener)
        while ContinuousClock.now < deadline, context.reaper.connections > 0 {
            context.reaper.dismissWaiting(afterTicks: 1)
            usleep(10_000)
        }
        let cut = context.requestsInFlight
        end()
        // Not before: a thread may just have been about to accept from it.
        if listener >= 0 { close(listener) }
        discard self
        return cut
    }

    deinit {
        unsafe context.takeUnretainedValue().listener.removeFile()
        end()
    }

    /// Cuts what is left, and waits for the threads.
    private func end() {
        unsafe MHD_stop_daemon(daemon)
        unsafe context.takeUnretainedValue().reaper.stop(reaperThread)
        unsafe context.release()
    }

    /// Refuses whoever connects from now on. That resets the clients in the queue, so they are taken in first; but if others hold the
    /// listener open, they are the next process's.
    ///
    /// libmicrohttpd 0.9.75 locks up when a connection is handed to a full thread; as it is not said which thread
    /// gets it, there must be room even if all connections were one thread's.
    private func turnAway(_ socket: CInt) {
        guard socket >= 0 else { return }
        let listener = unsafe context.takeUnretainedValue().listener
        listener.removeFile()
        if listener.isInherited { return }
        let reaper = unsafe context.takeUnretainedValue().reaper
        var room = limitPerThread - reaper.connections
        for isLast in [false, true] {
            while room > 0 {
                var address = sockaddr_storage()
                var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
                let isHandedOver = unsafe withUnsafeMutablePointer(to: &address) { storage in
                    unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                        let client = unsafe accept(socket, address, &length)
                        guard client >= 0 else { return false }
                        _ = unsafe MHD_add_connection(daemon, client, address, length)
                        return true
                    }
                }
                guard isHandedOver else { break }
                room -= 1
            }
            if !isLast { shutdown(socket, CInt(SHUT_RD)) }
        }
    }
}

extension Server.Configuration {
    /// libmicrohttpd knows one timeout, for silence; the reaper has the exact ones, so this is a backstop only.
    fileprivate var longestTimeoutSeconds: Int {
        max(idleTimeoutSeconds, headTimeoutSeconds, bodyTimeoutSeconds, answerTimeoutSeconds) + 1
    }

    fileprivate func limits(forConnections limit: Int) -> DeadlineReaper.Limits {
        DeadlineReaper.Limits(
            head: headTimeoutSeconds, idle: idleTimeoutSeconds, body: bodyTimeoutSeconds, answer: answerTimeoutSeconds,
            crowd: max(1, limit * 4 / 5)
        )
    }
}
