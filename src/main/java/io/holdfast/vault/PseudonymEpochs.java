package io.holdfast.vault;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keys of pseudonyms, one for each quarter of a year in UTC. A quarter's key is made by whoever needs it first, and kept
 * wrapped with the vault's other secrets; none is ever deleted here, since a look-up needs them all.
 */
final class PseudonymEpochs {

    private static final String PREFIX = "pseudonyms/";

    private final KeyWrapping wrapping;
    private final Shelf shelf;
    private final OwnSecrets secrets;
    private final Map<String, PseudonymKey> opened = new ConcurrentHashMap<>();

    PseudonymEpochs(KeyWrapping wrapping, Shelf shelf) {
        this.wrapping = wrapping;
        this.shelf = shelf;
        this.secrets = new OwnSecrets(wrapping, shelf);
    }

    /** The key of the quarter that this instant is in. Once it is known, this asks nobody. */
    PseudonymKey at(Instant instant) {
        String epoch = nameOf(instant);
        PseudonymKey known = opened.get(epoch);
        return known != null ? known : keep(epoch, secrets.getOrMake(PREFIX + epoch, instant, Optional.empty()));
    }

    /** Every key there is, oldest first: those that other processes have made are among them. */
    List<PseudonymKey> all() {
        return shelf.secrets().stream()
                .filter(kept -> kept.name().startsWith(PREFIX))
                .map(this::open)
                .toList();
    }

    private PseudonymKey open(Shelf.Kept kept) {
        String epoch = kept.name().substring(PREFIX.length());
        PseudonymKey known = opened.get(epoch);
        return known != null ? known : keep(epoch, OwnSecrets.open(wrapping, kept));
    }

    private PseudonymKey keep(String epoch, byte[] key) {
        return opened.computeIfAbsent(epoch, name -> new PseudonymKey(name, key));
    }

    private static String nameOf(Instant instant) {
        ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
        return "%04d-Q%d".formatted(time.getYear(), time.get(IsoFields.QUARTER_OF_YEAR));
    }
}
