package io.holdfast.bag;

import io.holdfast.audit.Base64Url;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Claims;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.UnreadableException;
import io.holdfast.tlog.Hash;

/**
 * What the entry that commits to a package says of it. The rest of the entry and its own signature are for who checks the log:
 * here the tree vouches for it.
 *
 * @param log the origin of the log that it is in
 * @param request what it is about
 * @param manifest SHA-256 of {@code manifest.json}
 */
record PackageEntry(String log, String request, Hash manifest) {

    static final String TYPE = "holdfast-package-made+sd-jwt";

    private static final int PARTS = 3;

    /** @throws UnreadableException if it is no entry, or one of another kind */
    static PackageEntry read(Leaf leaf) {
        String[] parts = leaf.text().split("\\.", -1);
        if (parts.length != PARTS) {
            throw new UnreadableException("the entry is no compact JWS");
        }
        if (!claims("header of the entry", parts[0]).text("typ").equals(TYPE)) {
            throw new UnreadableException("the entry is of another kind than " + TYPE);
        }
        Claims payload = claims("entry", parts[1]);
        return new PackageEntry(payload.text("iss"), payload.text("sub"), payload.hash("manifest"));
    }

    private static Claims claims(String what, String part) {
        return new Claims(what, CanonicalJson.readObject(what, Base64Url.parse(what, part)));
    }
}
