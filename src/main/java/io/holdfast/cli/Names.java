package io.holdfast.cli;

import io.holdfast.legal.Jurisdiction;
import java.util.regex.Pattern;

/** What a person types where an address of the interface has a name in it. It must lead nowhere else. */
final class Names {

    private static final Pattern REQUEST = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern PROPOSAL = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern HOLD = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private Names() {}

    static String request(String id) {
        return checked(REQUEST, id, "the id of a request, such as 019a0c3e-52d9-7abc-8def-0123456789ab");
    }

    static String hold(String id) {
        return checked(HOLD, id, "the id of a hold: small letters, digits and single hyphens");
    }

    static String proposal(String digest) {
        return checked(PROPOSAL, digest, "a proposal: 64 hex digits, as `holdfast hold changes` says them");
    }

    static String jurisdiction(String code) {
        if (!Jurisdiction.isCode(code)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    Terminal.safe(code) + " is not a jurisdiction: an ISO 3166-1 alpha-2 code, such as US");
        }
        return code;
    }

    static String cursor(String cursor) {
        return checked(CURSOR, cursor, "a place in the queue, as the page before said it");
    }

    /** @param id of the request, for those who want to know where to read it */
    static String version(String version, String id) {
        if (!PROPOSAL.matcher(version).matches()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--version must be 64 hex digits; `holdfast request show " + id + "` says it");
        }
        return version;
    }

    private static String checked(Pattern pattern, String text, String what) {
        if (!pattern.matcher(text).matches()) {
            throw new CommandFailure(ExitCode.USAGE, Terminal.safe(text) + " is not " + what);
        }
        return text;
    }
}
