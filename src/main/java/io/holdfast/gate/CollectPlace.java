package io.holdfast.gate;

import io.holdfast.vault.CaseKey;
import io.holdfast.vault.Spool;
import io.holdfast.vault.Spool.Place;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What was collected for one case under one {@code accessed} entry, on the spool, under the key of the case. Pages lie where nobody
 * else puts any, and count once a step says so; a step is added and never replaced. So of two that collect the same, one goes on.
 */
final class CollectPlace {

    private final Spool spool;
    private final CaseKey key;

    private final long accessed;

    /** The index of the entry: where everything of this has its name from. */
    private final String under;

    CollectPlace(Spool spool, CaseKey key, long accessed) {
        this.spool = spool;
        this.key = key;
        this.accessed = accessed;
        this.under = accessed + ".";
    }

    private Place step(int number) {
        return new Place(under + "steps", number);
    }

    /** Where it stands. What has a hole in it, because another has emptied it meanwhile, is nothing, and deleted. */
    CollectState read() {
        List<Integer> numbers = spool.numbers(key.caseId(), step(0).name());
        CollectState state = new CollectState();
        for (int number : numbers) {
            Optional<byte[]> box = number == state.steps() ? spool.get(key.caseId(), step(number)) : Optional.empty();
            if (box.isEmpty()) {
                spool.names(key.caseId()).stream()
                        .filter(name -> name.startsWith(under))
                        .forEach(this::drop);
                return new CollectState();
            }
            state.add(CollectStep.read(key.openSecret(step(number), box.get())));
        }
        return state;
    }

    /** @return false if there is this step already, or the key is gone */
    boolean add(int number, CollectStep step) {
        Place place = step(number);
        return spool.add(key.caseId(), place, key.seal(place, step.write()));
    }

    /** The place of a page that nobody else puts there. */
    String placeOf(int number, String attempt) {
        return under + attempt + "." + number;
    }

    /** @return false if the key is gone */
    boolean put(String name, byte[] page) {
        for (int from = 0, number = 0; from < page.length; from += Spool.MOST_BYTES, number++) {
            Place place = new Place(name, number);
            byte[] part = Arrays.copyOfRange(page, from, Math.min(page.length, from + Spool.MOST_BYTES));
            if (!spool.put(key.caseId(), place, key.seal(place, part))) {
                return false;
            }
        }
        return true;
    }

    static String placeOf(long accessed, String name) {
        return accessed + "." + name;
    }

    static boolean isUnder(long accessed, String name) {
        return name.startsWith(accessed + ".");
    }

    /** Or under an earlier one. */
    static boolean isUnderAnyTo(long index, String name) {
        return Long.parseLong(name.substring(0, name.indexOf('.'))) <= index;
    }

    long accessed() {
        return accessed;
    }

    static boolean isSteps(String name) {
        return name.endsWith(".steps");
    }

    /** @return false if the key is gone */
    boolean attach(String name, byte[] file) {
        drop(under + name);
        return put(under + name, file);
    }

    Optional<byte[]> attached(String name) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int number : spool.numbers(key.caseId(), under + name)) {
            Place place = new Place(under + name, number);
            Optional<byte[]> box = spool.get(key.caseId(), place);
            if (box.isEmpty()) {
                return Optional.empty();
            }
            file.writeBytes(key.openSecret(place, box.get()));
        }
        return file.size() == 0 ? Optional.empty() : Optional.of(file.toByteArray());
    }

    void drop(String name) {
        spool.delete(key.caseId(), name);
    }

    /** Pages that no step speaks of: of those who were killed, or came second. */
    void dropAllBut(List<Collector.Part> parts) {
        Set<String> spokenOf = parts.stream().map(Collector.Part::place).collect(Collectors.toSet());
        spool.names(key.caseId()).stream()
                .filter(name -> name.startsWith(under) && !name.equals(step(0).name()) && !spokenOf.contains(name))
                .forEach(this::drop);
    }
}
