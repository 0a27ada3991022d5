package io.holdfast.audit;

import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** A running ledger as the files of a log, for exporting it and for checking it where it runs. */
public final class LedgerSource implements LogSource {

    private final Ledger ledger;
    private final Map<String, SortedMap<String, byte[]>> rulebooks;

    /** @param rulebooks the files of each rulebook by path, {@code bundle.lock} among them, by the rulebook's digest */
    public LedgerSource(Ledger ledger, Map<String, SortedMap<String, byte[]>> rulebooks) {
        this.ledger = ledger;
        this.rulebooks = Map.copyOf(rulebooks);
    }

    @Override
    public Optional<byte[]> read(String path) {
        if (path.equals(LogLayout.CHECKPOINT)) {
            return Optional.of(ledger.checkpoint());
        }
        String[] parts = path.split("/", 3);
        if (parts.length == 3 && parts[0].equals("rulebooks")) {
            return Optional.ofNullable(rulebooks.get(parts[1]))
                    .map(files -> files.get(parts[2]))
                    .map(byte[]::clone);
        }
        Optional<String> content = LogLayout.contentName(path);
        if (content.isPresent()) {
            return ledger.content(content.get());
        }
        try {
            return ledger.tile(Tile.parse(path));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<List<String>> list() {
        return Optional.empty();
    }
}
