package io.holdfast.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which gateway, and who calls it. */
final class ServerOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:HOLDFAST_URL:-http://127.0.0.1:8080}",
            description = "The gateway; default $HOLDFAST_URL, else the one on this machine, port 8080.")
    private String url;

    @Mixin
    private TokenOptions token;

    GatewayClient connect() {
        return GatewayClient.of(url, token.read());
    }
}
