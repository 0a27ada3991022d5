package io.holdfast.gate;

import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Request;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The platform's store, as the gate has it keep a copy. No data comes back. */
public interface PreservingStore {

    /**
     * Has it keep what there is now of the account. Said again, it changes nothing but the end.
     *
     * @param copy the id of the request that it is kept for
     * @param until the store may drop the copy then, if it is told nothing else before; nothing for no end
     * @return false if it knows no such account
     * @throws UserDataStore.UnavailableException if it is not known that the copy is kept
     */
    boolean preserve(
            String copy,
            Request.Target target,
            Set<DataCategory> categories,
            Instant from,
            Instant to,
            Optional<Instant> until);

    /**
     * Has it drop the copy. What other copies hold stays.
     *
     * @throws UserDataStore.UnavailableException if it is not known that the copy is gone
     */
    void drop(String copy, Request.Target target);
}
