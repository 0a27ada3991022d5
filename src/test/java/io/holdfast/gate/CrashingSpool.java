package io.holdfast.gate;

import io.holdfast.vault.Spool;
import java.util.List;
import java.util.Optional;

/** A spool whose process ends at one of its writes: before it is done, or when it is done and nobody has heard of it. */
final class CrashingSpool implements Spool {

    static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("killed");
        }
    }

    private final Spool spool;
    private final boolean isDone;
    private int left;

    /** @param after how many writes that go well */
    CrashingSpool(Spool spool, int after, boolean isDone) {
        this.spool = spool;
        this.left = after;
        this.isDone = isDone;
    }

    private interface Write<T> {
        T write();
    }

    private <T> T write(Write<T> write) {
        if (left == 0 && !isDone) {
            throw new Crash();
        }
        T written = write.write();
        if (left-- == 0) {
            throw new Crash();
        }
        return written;
    }

    @Override
    public boolean put(String caseId, Place place, byte[] box) {
        return write(() -> spool.put(caseId, place, box));
    }

    @Override
    public boolean add(String caseId, Place place, byte[] box) {
        return write(() -> spool.add(caseId, place, box));
    }

    @Override
    public int delete(String caseId, String name) {
        return write(() -> spool.delete(caseId, name));
    }

    @Override
    public int delete(String caseId) {
        return write(() -> spool.delete(caseId));
    }

    @Override
    public Optional<byte[]> get(String caseId, Place place) {
        return spool.get(caseId, place);
    }

    @Override
    public List<Integer> numbers(String caseId, String name) {
        return spool.numbers(caseId, name);
    }

    @Override
    public List<String> names(String caseId) {
        return spool.names(caseId);
    }

    @Override
    public List<String> cases() {
        return spool.cases();
    }
}
