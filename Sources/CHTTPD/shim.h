#ifndef CHTTPD_SHIM_H
#define CHTTPD_SHIM_H

#include <malloc.h>
#include <microhttpd.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// Typed doors to what Swift cannot call: C variadic functions, and casts between a callback's pointer types.
// Nothing is decided here; whatever can be written in Swift is written in Swift.

/// Sees the request target before libmicrohttpd reads anything into it; what it returns is the handler's request context.
typedef void *_Nullable (*chttpd_target_callback)(
    void *_Nullable context, const char *_Nullable target, struct MHD_Connection *_Nullable connection);

/// Asked to decode "%41" in place; returns the new length.
typedef size_t (*chttpd_unescape_callback)(
    void *_Nullable context, struct MHD_Connection *_Nullable connection, char *_Nullable text);

/// What a daemon needs to start. Every callback receives `context`.
struct chttpd_options {
    int listener;
    unsigned int flags;
    unsigned int threads;
    unsigned int connection_limit;
    unsigned int idle_timeout_seconds;
    size_t memory_per_connection;
    int strictness;
    chttpd_target_callback _Nonnull on_target;
    chttpd_unescape_callback _Nonnull on_unescape;
    MHD_AccessHandlerCallback _Nonnull on_request;
    MHD_RequestCompletedCallback _Nonnull on_completed;
    MHD_NotifyConnectionCallback _Nonnull on_connection;
    MHD_LogCallback _Nonnull on_log;
    void *_Nonnull context;
};

/// MHD_start_daemon. NULL when it cannot start; `on_log` has had the reason.
static inline struct MHD_Daemon *_Nullable chttpd_start(const struct chttpd_options *_Nonnull o)
{
    return MHD_start_daemon(
        o->flags, 0, NULL, NULL, o->on_request, o->context,
        MHD_OPTION_EXTERNAL_LOGGER, o->on_log, o->context, /* first, so that it also hears about the other options */
        MHD_OPTION_LISTEN_SOCKET, o->listener,
        MHD_OPTION_URI_LOG_CALLBACK, o->on_target, o->context,
        MHD_OPTION_UNESCAPE_CALLBACK, o->on_unescape, o->context,
        MHD_OPTION_NOTIFY_COMPLETED, o->on_completed, o->context,
        MHD_OPTION_NOTIFY_CONNECTION, o->on_connection, o->context,
        MHD_OPTION_THREAD_POOL_SIZE, o->threads,
        MHD_OPTION_CONNECTION_LIMIT, o->connection_limit,
        MHD_OPTION_CONNECTION_TIMEOUT, o->idle_timeout_seconds,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, o->memory_per_connection,
        MHD_OPTION_STRICT_FOR_CLIENT, o->strictness,
        MHD_OPTION_END);
}

/// MHD_get_connection_info: what the connection notification stored for this socket.
static inline void *_Nullable chttpd_socket_context(struct MHD_Connection *_Nonnull connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

/// MHD_get_connection_info: the socket itself, or -1.
static inline int chttpd_socket(struct MHD_Connection *_Nonnull connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

/// MHD_get_connection_info: who connected; NULL if that is not known.
static inline const struct sockaddr *_Nullable chttpd_client_address(struct MHD_Connection *_Nonnull connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return info ? info->client_addr : NULL;
}

/// MHD_get_connection_info: bytes from the method to the end of the head's empty line.
static inline size_t chttpd_head_size(struct MHD_Connection *_Nonnull connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? info->header_size : 0;
}

/// MHD_create_response_from_buffer_with_free_callback_cls: libmicrohttpd only reads `bytes`, and says when it needs them no more.
static inline struct MHD_Response *_Nullable chttpd_response(
    const void *_Nonnull bytes, size_t count, MHD_ContentReaderFreeCallback _Nonnull release, void *_Nonnull owner)
{
    return MHD_create_response_from_buffer_with_free_callback_cls(count, (void *)bytes, release, owner);
}

/// MHD_get_response_header, writable: the value is the response's own memory.
static inline char *_Nullable chttpd_response_value(struct MHD_Response *_Nonnull response, const char *_Nonnull name)
{
    return (char *)MHD_get_response_header(response, name);
}

/// The system's epoll_ctl, past the C library's.
static inline int chttpd_epoll_ctl(int epoll, int operation, int descriptor, void *_Nullable event)
{
    return (int)syscall(SYS_epoll_ctl, epoll, operation, descriptor, event);
}

#endif
