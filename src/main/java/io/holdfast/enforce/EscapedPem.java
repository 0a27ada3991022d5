package io.holdfast.enforce;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate in PEM with percent signs, as Envoy tells of it and nginx writes it into a header. */
final class EscapedPem {

    private static final String BEGIN = "-----BEGIN%20CERTIFICATE-----";

    /** What is written with a percent sign. */
    private static final Pattern ESCAPED = Pattern.compile("[\n +/=]");

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----\n([A-Za-z0-9+/=\n]+)-----END CERTIFICATE-----\n?");

    private EscapedPem() {}

    /** The same as RFC 9440 writes it. Empty, which is no certificate, if it is not exactly one in this form. */
    static String rfc9440(String escaped) {
        if (ESCAPED.matcher(escaped).find()) {
            return "";
        }
        Matcher pem = PEM.matcher(escaped.replace("%0A", "\n")
                .replace("%20", " ")
                .replace("%2B", "+")
                .replace("%2F", "/")
                .replace("%3D", "="));
        return pem.matches() ? ":" + pem.group(1).replace("\n", "") + ":" : "";
    }

    /** Whether it is meant to be one. */
    static boolean isMeant(String text) {
        return text.startsWith(BEGIN);
    }
}
