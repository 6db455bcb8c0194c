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
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin explain
COPY --from=build /out/explain-server /usr/local/bin/explain-server
COPY config /config
RUN chmod -R a+rX /config

# Nothing is ever written: run it with --read-only. Mount other content over /config.
VOLUME /config
ENV EXPLAIN_CONFIG=/config EXPLAIN_HOST=0.0.0.0 EXPLAIN_PORT=8080
EXPOSE 8080
USER explain

# Debian's bash opens the connection, so that the image needs no HTTP client.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$EXPLAIN_PORT && printf 'GET /readyz HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r -t 2 _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["explain-server"]
CMD ["serve"]
