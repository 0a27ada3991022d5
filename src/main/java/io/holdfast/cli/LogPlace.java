package io.holdfast.cli;

import io.holdfast.audit.LogArchive;
import io.holdfast.audit.LogFolder;
import io.holdfast.audit.LogSource;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which log to read: that of a gateway, or one that was exported. */
final class LogPlace {

    @Option(
            names = "--folder",
            paramLabel = "PLACE",
            description = "An exported log, a folder or an archive; without it, that of the gateway.")
    private Path folder;

    @Mixin
    private ServerOptions server;

    LogSource open() {
        return SteadyLog.of(folder == null ? new HttpLogSource(server.connect()) : exported(folder));
    }

    /** @param place a folder, an archive, or the address of a gateway */
    static LogSource open(String place, TokenOptions token) {
        return GatewayClient.isWeb(place)
                ? new HttpLogSource(GatewayClient.of(place, token.read()))
                : exported(LocalFile.path(place));
    }

    private static LogSource exported(Path place) {
        return LogArchive.isOne(place) ? LogArchive.open(place) : LogFolder.of(place);
    }
}
