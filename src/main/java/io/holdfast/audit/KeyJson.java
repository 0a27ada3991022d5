package io.holdfast.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A key as an entry names it. The id can be told from the key; it is there for people, and checked like all else. */
public final class KeyJson {

    private KeyJson() {}

    /** Puts its purpose, its public half and its id into the object. */
    public static void write(NamedKey key, ObjectNode json) {
        json.put("purpose", key.purpose().code());
        json.put("key", key.text());
        json.put("key-id", key.id());
    }

    /** Another id than the key's does not print back to the same entry, and so is refused with it. */
    static NamedKey read(Claims json) {
        return NamedKey.parse(purpose(json), json.text("key"));
    }

    static KeyPurpose purpose(Claims json) {
        return json.word("purpose", KeyPurpose::parse);
    }
}
