package io.holdfast.cli;

import io.holdfast.audit.LogFolder;
import io.holdfast.audit.LogSource;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which log to read: that of a gateway, or one that was exported. */
final class LogPlace {

    @Option(names = "--folder", paramLabel = "DIR", description = "An exported log; without it, that of the gateway.")
    private Path folder;

    @Mixin
    private ServerOptions server;

    LogSource open() {
        return SteadyLog.of(folder == null ? new HttpLogSource(server.connect()) : LogFolder.of(folder));
    }

    /** @param place a folder, or the address of a gateway */
    static LogSource open(String place, TokenOptions token) {
        return GatewayClient.isWeb(place)
                ? new HttpLogSource(GatewayClient.of(place, token.read()))
                : LogFolder.of(LocalFile.path(place));
    }
}
