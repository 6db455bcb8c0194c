# ---- build: the toolchain stays here
FROM swift:6.3-bookworm AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends libmicrohttpd-dev zlib1g-dev libbrotli-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build

# Dependencies change seldom: this layer is used again until the manifest changes.
COPY Package.* ./
RUN swift package resolve

# The tests are not built, but the manifest names their folders.
COPY Sources Sources
COPY Tests Tests
RUN swift build -c release --product explain-server --static-swift-stdlib \
    && install -D --strip .build/release/explain-server /out/explain-server

# ---- run: Debian, three small libraries and one program
FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends libmicrohttpd12 zlib1g libbrotli1 \
    && rm -rf /var/lib/apt/lists/* /var/log/apt /var/log/dpkg.log \
    && groupadd --system --gid 10001 explain \
    && useradd --system --uid 10001 --gid explain --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin explain
COPY --from=build /out/explain-server /usr/local/bin/explain-server
COPY config /config
# What has passed the check here is noted, so that a container starts at once.
RUN chmod -R a+rX /config \
    && EXPLAIN_CONFIG=/config EXPLAIN_CACHE_FOLDER=/var/cache/explain-server explain-server check \
    && chmod -R a+rX /var/cache/explain-server

# Which state of the source this is; `scripts/build-image` fills it in.
ARG REVISION=unknown
LABEL org.opencontainers.image.title="explain-server" \
      org.opencontainers.image.description="Short, sourced explanations of a technical topic, over HTTP." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.revision="$REVISION"

# Nothing is ever written: run it with --read-only. Other content is mounted over /config, or copied there by an image made from this one.
ENV EXPLAIN_CONFIG=/config EXPLAIN_CACHE_FOLDER=/var/cache/explain-server EXPLAIN_HOST=0.0.0.0 EXPLAIN_PORT=8080
EXPOSE 8080
# By number, so that Kubernetes can see that it is not root.
USER 10001:10001
# Ready turns false, answers on their way are finished, exit code 0.
STOPSIGNAL SIGTERM

# Debian's bash opens the connection, so that the image needs no HTTP client.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$EXPLAIN_PORT && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r -t 2 _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["explain-server"]
CMD ["serve"]
