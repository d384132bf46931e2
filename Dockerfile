# syntax=docker/dockerfile:1

# The build: Rust and a C compiler, nothing else.
FROM rust:1.95-slim-bookworm AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --locked --release --bin mujaz \
    && install -D target/release/mujaz /out/mujaz \
    && install -d -o 65532 -g 65532 /out/data

# The image: the C library, the certificates, one program and what it owes to others; no shell, no root.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /out/mujaz /usr/local/bin/mujaz
COPY --from=build --chown=65532:65532 /out/data /data
COPY LICENSE-APACHE LICENSE-MIT data/NOTICE.md /usr/share/doc/mujaz/
WORKDIR /data
USER 65532:65532
VOLUME /data
# Within the container alone, for the health check.
ENV MUJAZ_LISTEN=127.0.0.1:8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["/usr/local/bin/mujaz", "health"]
ENTRYPOINT ["/usr/local/bin/mujaz"]
CMD ["bot"]
