package io.holdfast.vault;

import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key of one case. Whoever destroys every wrapped copy of it erases what the case sealed. */
public final class CaseKey {

    private static final int TAG_BYTES = 16;

    private final String caseId;
    private final SecretKey sealing;
    private final SecretKey tagging;
    private final byte[] wrapped;

    CaseKey(String caseId, byte[] key, byte[] wrapped) {
        this.caseId = caseId;
        this.sealing = new SecretKeySpec(key, "AES");
        this.tagging = new SecretKeySpec(Mac256.of(key, "holdfast/person-tag/1"), "HmacSHA256");
        this.wrapped = wrapped.clone();
    }

    public String caseId() {
        return caseId;
    }

    /** This key under the master key: what may be stored. */
    public byte[] wrapped() {
        return wrapped.clone();
    }

    /** @param entryId the id of the entry that the box belongs to */
    public byte[] seal(String entryId, byte[] plain) {
        return Box.seal(sealing, boundTo(entryId), plain);
    }

    /** @throws CannotOpenException if the box was not sealed by this key for this entry */
    public byte[] openSecret(String entryId, byte[] box) {
        return Box.open(sealing, boundTo(entryId), box);
    }

    /** @param place on the {@link Spool} of this case; the box opens for no other */
    public byte[] seal(Spool.Place place, byte[] plain) {
        return Box.seal(sealing, boundTo(place), plain);
    }

    /** @throws CannotOpenException if the box was not sealed by this key for this place */
    public byte[] openSecret(Spool.Place place, byte[] box) {
        return Box.open(sealing, boundTo(place), box);
    }

    /**
     * Tells two people of this case apart without naming them: equal for the same person, different for two, and
     * meaningless outside the case or once its key is gone.
     */
    public String personTag(String person) {
        byte[] mac = Mac256.of(tagging.getEncoded(), person);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(mac, TAG_BYTES));
    }

    private String boundTo(String entryId) {
        return caseId + "|" + entryId;
    }

    /** No entry has a bar in its id. */
    private String boundTo(Spool.Place place) {
        return boundTo("spool|" + place.name() + "|" + place.number());
    }

    @Override
    public String toString() {
        return "CaseKey";
    }
}
