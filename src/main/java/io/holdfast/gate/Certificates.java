package io.holdfast.gate;

import io.holdfast.bag.RecipientCertificate;
import io.holdfast.legal.Authority;
import java.util.Optional;

/** The certificates that are enrolled for authorities. */
@FunctionalInterface
public interface Certificates {

    Optional<RecipientCertificate> of(Authority authority);
}
