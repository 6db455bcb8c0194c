import CHTTPD
import Glibc

/// `epoll_ctl` as libmicrohttpd calls it in this program: to take off what is off already is no error.
///
/// While `MHD_quiesce_daemon` takes the listener from its threads, each of them takes it off as well. Whoever comes second
/// gets ENOENT, and in a pool of threads libmicrohttpd 0.9.75 then ends the process: a crash in one stop of some thousand under
/// load. Nothing in its interface lets the two wait for each other, so the program has this function in place of the C library's.
@c(epoll_ctl)
public func epollControlForgivingRemoval(
    _ epoll: CInt, _ operation: CInt, _ descriptor: CInt, _ event: UnsafeMutableRawPointer?
) -> CInt {
    let status = unsafe chttpd_epoll_ctl(epoll, operation, descriptor, event)
    return status != 0 && operation == EPOLL_CTL_DEL && errno == ENOENT ? 0 : status
}
