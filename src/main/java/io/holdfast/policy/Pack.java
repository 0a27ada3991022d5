package io.holdfast.policy;

import java.util.List;

/** The grants of one law, valid for the same time. */
public record Pack(String id, String title, Validity valid, Source source, List<Grant> grants) {

    public Pack {
        grants = List.copyOf(grants);
    }
}
