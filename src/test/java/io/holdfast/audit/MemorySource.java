package io.holdfast.audit;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a log in memory, to be damaged one by one. */
public final class MemorySource implements LogSource {

    public final SortedMap<String, byte[]> files = new TreeMap<>();

    public MemorySource copy() {
        MemorySource copy = new MemorySource();
        files.forEach((path, bytes) -> copy.files.put(path, bytes.clone()));
        return copy;
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    @Override
    public Optional<List<String>> list() {
        return Optional.of(List.copyOf(files.keySet()));
    }
}
