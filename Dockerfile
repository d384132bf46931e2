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

# The image: the C library, the certificates, one program; no shell, no root.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /out/mujaz /usr/local/bin/mujaz
COPY --from=build --chown=65532:65532 /out/data /data
WORKDIR /data
USER 65532:65532
VOLUME /data
ENTRYPOINT ["/usr/local/bin/mujaz"]
CMD ["bot"]
