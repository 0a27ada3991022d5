package io.holdfast.vault;

import java.time.Instant;
import java.util.List;

/** Where the vault keeps secrets of its own, each of them wrapped. What is added is durable when {@link #add} returns. */
public interface Shelf {

    List<Kept> secrets();

    /** @return false if there is one of this name already, which stays as it is: another process was quicker */
    boolean add(Kept secret);

    /** @param since when it came into use */
    record Kept(String name, Instant since, WrappedKey wrapped) {}
}
