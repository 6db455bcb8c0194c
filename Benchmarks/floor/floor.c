// The least that a program over libmicrohttpd can do: answer every request with the same bytes.
//
// usage: floor HEADERS BODY
// HEADERS has one "Name: value" a line, BODY the bytes. The first line on standard output is the port. Ends with its standard input.

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void quit(const char *reason)
{
    fprintf(stderr, "floor: %s\n", reason);
    exit(1);
}

/// The whole file, with a NUL behind it.
static char *contents(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    if (!file) quit("cannot open a file");
    fseek(file, 0, SEEK_END);
    *size = (size_t)ftell(file);
    rewind(file);
    char *bytes = malloc(*size + 1);
    if (!bytes || fread(bytes, 1, *size, file) != *size) quit("cannot read a file");
    fclose(file);
    bytes[*size] = 0;
    return bytes;
}

static struct MHD_Response *response_from(const char *headers_path, const char *body_path)
{
    size_t size;
    char *body = contents(body_path, &size);
    struct MHD_Response *response = MHD_create_response_from_buffer(size, body, MHD_RESPMEM_PERSISTENT);
    for (char *line = strtok(contents(headers_path, &size), "\n"); line; line = strtok(NULL, "\n")) {
        char *colon = strstr(line, ": ");
        if (!colon) quit("a header line has no colon");
        *colon = 0;
        if (MHD_add_response_header(response, line, colon + 2) != MHD_YES) quit("libmicrohttpd refuses a header");
    }
    return response;
}

static enum MHD_Result on_request(
    void *response, struct MHD_Connection *connection, const char *target, const char *method, const char *version,
    const char *upload, size_t *upload_size, void **request)
{
    static char seen;
    (void)target, (void)method, (void)version, (void)upload, (void)upload_size;
    // An answer in the first of the two calls would make libmicrohttpd close the connection.
    if (!*request) {
        *request = &seen;
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, response);
}

int main(int argc, char **argv)
{
    if (argc != 3) quit("usage: floor HEADERS BODY");
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    // The same settings as Sources/HTTPD gives, without its gate, its ids and its log, and one thread.
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG | MHD_USE_ITC, 0, NULL, NULL,
        on_request, response_from(argv[1], argv[2]),
        MHD_OPTION_SOCK_ADDR, &address,
        MHD_OPTION_CONNECTION_LIMIT, 4000u,
        MHD_OPTION_CONNECTION_TIMEOUT, 15u,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32 << 10,
        MHD_OPTION_LISTEN_BACKLOG_SIZE, 1024u,
        MHD_OPTION_END);
    if (!daemon) quit("cannot listen");
    printf("%u\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    while (read(STDIN_FILENO, (char[1]){0}, 1) > 0) continue;
    MHD_stop_daemon(daemon);
    return 0;
}
