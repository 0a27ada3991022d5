package io.holdfast.cli;

import io.holdfast.audit.LogLayout;
import io.holdfast.audit.LogSource;
import io.holdfast.audit.RulebookArchive;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The log of a running gateway as files. A file that is not there is nothing; a gateway that cannot be reached, or does not
 * let us in, ends the command, since that says nothing about the log.
 */
final class HttpLogSource implements LogSource {

    private static final Pattern RULEBOOK_FILE = Pattern.compile("rulebooks/([0-9a-f]{64})/(.+)");

    private final GatewayClient gateway;
    private final Map<String, Optional<SortedMap<String, byte[]>>> rulebooks = new HashMap<>();

    HttpLogSource(GatewayClient gateway) {
        this.gateway = gateway;
    }

    @Override
    public Optional<byte[]> read(String path) {
        if (path.equals(LogLayout.CHECKPOINT)) {
            return Optional.of(checkpoint());
        }
        Matcher file = RULEBOOK_FILE.matcher(path);
        if (file.matches()) {
            return rulebook(file.group(1)).map(files -> files.get(file.group(2)));
        }
        if (LogLayout.contentName(path).isPresent()) {
            return gateway.find("/log/" + path, MOST_BYTES);
        }
        try {
            return gateway.find("/log/" + Tile.parse(path).path(), MOST_BYTES);
        } catch (MalformedException e) {
            return Optional.empty(); // no path of a log, so nothing that a gateway has
        }
    }

    private byte[] checkpoint() {
        return gateway.find("/log/" + LogLayout.CHECKPOINT, MOST_BYTES)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.UNREACHABLE, gateway.base() + " serves no log; is it the address of a gateway?"));
    }

    private Optional<SortedMap<String, byte[]>> rulebook(String digest) {
        if (!rulebooks.containsKey(digest)) {
            rulebooks.put(
                    digest,
                    gateway.find("/v1/rulebooks/" + digest, 2 * MOST_BYTES)
                            .map(archive -> RulebookArchive.read(archive).files()));
        }
        return rulebooks.get(digest);
    }

    /** A server cannot list its files. */
    @Override
    public Optional<List<String>> list() {
        return Optional.empty();
    }
}
