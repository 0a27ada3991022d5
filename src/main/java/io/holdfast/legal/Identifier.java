package io.holdfast.legal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.text.Normalizer;
import java.util.Locale;

/**
 * Whom or what a pseudonym stands for, in the one spelling under which it is recognised again: two values that mean the same
 * are equal here. Lives in memory only.
 *
 * @param value not as it was sent, but normalised as its type says
 */
public record Identifier(Type type, String value) {

    /** Each has one way to be normalised; the code is part of what the pseudonym is made of, and never changes. */
    public enum Type {
        /** The id of an enrolled authority, as it is enrolled. */
        AGENCY,
        /** The mail address of a person who sends requests, as {@link #ACCOUNT_EMAIL}. */
        OFFICER,
        /**
         * In Unicode's composed form and lower case. RFC 5321 leaves the case of the part before the @ to the host that
         * has it, and asks hosts not to tell mailboxes apart by it (section 2.4); so it is lowered too.
         */
        ACCOUNT_EMAIL,
        /** E.164: a plus sign and digits. */
        ACCOUNT_PHONE,
        /** As it was sent: platforms tell ids apart by case. */
        ACCOUNT_USER_ID,
        /** Lower case: handles that differ by case alone are one. */
        ACCOUNT_HANDLE,
        /** IPv4 in decimals; IPv6 as eight groups without leading zeros; an IPv4 address in IPv6 clothes is that address. */
        ACCOUNT_IP_ADDRESS;

        public String code() {
            return Term.spell(this);
        }

        /** @throws IllegalArgumentException if no type is spelt so */
        public static Type parse(String code) {
            for (Type type : values()) {
                if (type.code().equals(code)) {
                    return type;
                }
            }
            throw new IllegalArgumentException("no type of identifier");
        }
    }

    public Identifier {
        value = normalised(type, value);
    }

    public static Identifier of(Authority agency) {
        return new Identifier(Type.AGENCY, agency.id());
    }

    public static Identifier of(Request.Officer officer) {
        return new Identifier(Type.OFFICER, officer.email());
    }

    public static Identifier of(Request.Target target) {
        return new Identifier(typeOf(target.kind()), target.value());
    }

    public static Type typeOf(Request.Target.Kind kind) {
        return switch (kind) {
            case EMAIL -> Type.ACCOUNT_EMAIL;
            case PHONE -> Type.ACCOUNT_PHONE;
            case USER_ID -> Type.ACCOUNT_USER_ID;
            case HANDLE -> Type.ACCOUNT_HANDLE;
            case IP_ADDRESS -> Type.ACCOUNT_IP_ADDRESS;
        };
    }

    private static String normalised(Type type, String value) {
        return switch (type) {
            case AGENCY, ACCOUNT_PHONE, ACCOUNT_USER_ID -> value;
            case OFFICER, ACCOUNT_EMAIL ->
                Normalizer.normalize(value, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
            case ACCOUNT_HANDLE -> value.toLowerCase(Locale.ROOT);
            case ACCOUNT_IP_ADDRESS -> address(value);
        };
    }

    private static String address(String value) {
        if (!value.contains(":")) {
            return value; // intake takes one spelling of these
        }
        try {
            return InetAddress.getByName(value).getHostAddress(); // what has a colon is never looked up
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IP address", e);
        }
    }

    /** Never shows a person. */
    @Override
    public String toString() {
        return "Identifier[" + type.code() + "]";
    }
}
