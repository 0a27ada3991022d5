package io.holdfast.http;

import io.holdfast.note.TrustPolicy;
import java.util.Optional;

/** What of the log is shown to everybody, and on whose word. Safe for many threads. */
public interface PublishedLog {

    /** The newest checkpoint that may be shown, a signed note; nothing while too few witnesses have cosigned one. */
    Optional<byte[]> checkpoint();

    /** The witnesses and the quorum that the operator has set, with the log's own keys; without witnesses, these alone. */
    TrustPolicy policy();

    /** How the witnesses are doing; nothing if there are none. */
    Optional<Witnessing> witnessing();
}
