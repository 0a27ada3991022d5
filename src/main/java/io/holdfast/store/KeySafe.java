package io.holdfast.store;

import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;

/**
 * Where the secrets of keys are kept, 32 bytes each. What cannot be opened is an {@link IllegalStateException} that says
 * what the operator has to do, and quotes nothing.
 */
interface KeySafe {

    KeyForm form();

    /** What is kept here, by name. Opens nothing. */
    SortedSet<KeyName> names() throws IOException;

    /** Where the key is, or would be, for people. */
    String place(KeyName name);

    byte[] exposeSecret(KeyName name) throws IOException;

    /** Durable when it returns; none of the names is taken. In the order of the map: a crash leaves the first of them. */
    void add(Map<KeyName, KeySecret> secrets) throws IOException;

    /** Gone when it returns, as far as the file system lets go of what it held. */
    void remove(KeyName name) throws IOException;

    /** The same for all of them, and for what kept them. */
    default void removeAll() throws IOException {
        for (KeyName name : names()) {
            remove(name);
        }
    }
}
