package io.holdfast.enforce;

/** Why the rest of an answer of the store is withheld, though some of it may be granted. No sentence quotes the answer. */
public enum Withheld {
    /** It is not JSON in plain UTF-8, as its headers say. */
    OTHER_FORM,
    /** Its bytes are not UTF-8, or begin with a byte order mark. */
    NOT_UTF8,
    /** It is not one object or array of JSON and nothing more. */
    NOT_JSON,
    /** It is nested too deeply, or has a text, a name, a number or an object that is too long to be judged. */
    BEYOND_LIMITS,
    /** A name is twice in one object: two readers could see two things. */
    NAME_TWICE,
    /** It ends before its end. */
    UNFINISHED
}
