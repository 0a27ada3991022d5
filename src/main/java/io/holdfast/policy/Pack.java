package io.holdfast.policy;

import java.util.List;

/**
 * The grants of one law, valid for the same time.
 *
 * @param notServed the powers of that law that have no grant, each with the reason
 */
public record Pack(
        String id, String title, Validity valid, Source source, List<Grant> grants, List<NotServed> notServed) {

    public Pack {
        grants = List.copyOf(grants);
        notServed = List.copyOf(notServed);
    }
}
