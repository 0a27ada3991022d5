package io.holdfast.vault;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where sealed parts of cases wait until they are handed over or deleted. It sees boxes alone; {@link CaseKey#seal(Place, byte[])}
 * makes them, bound to their case and place, so that one that was moved does not open. Shredding a case deletes what it has here, in
 * the transaction that destroys its key; nothing is taken for a case without a key.
 *
 * <p>An implementation promises: what is put or added is durable on return, and replicas of one gateway see the same. Safe for many
 * threads. What goes wrong with the disk or the server is an unchecked exception, and then what was there before is still there.
 */
public interface Spool {

    /** The most bytes that one part has before it is sealed; what is longer is several parts. */
    int MOST_BYTES = 1 << 20;

    /** Puts a box there, in place of what was there. @return false if the case has no key any more: then nothing is put */
    boolean put(String caseId, Place place, byte[] box);

    /** Puts a box where there is none. @return false if there is one already, which stays, or if the case has no key any more */
    boolean add(String caseId, Place place, byte[] box);

    Optional<byte[]> get(String caseId, Place place);

    /** Which numbers there are under a name, in order. */
    List<Integer> numbers(String caseId, String name);

    /** Which names a case has something under, in order. */
    List<String> names(String caseId);

    /** Deletes what a case has under a name. @return how many boxes that were */
    int delete(String caseId, String name);

    /** Deletes all that a case has. @return how many boxes that were */
    int delete(String caseId);

    /** The cases that have anything here, in order. */
    List<String> cases();

    /**
     * Where a box is, within its case. This is not sealed.
     *
     * @param name 1 to 80 small letters, digits, dots and hyphens, beginning with a letter or digit; nothing personal
     * @param number from 0
     */
    record Place(String name, int number) {

        private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,79}");

        public Place {
            if (!NAME.matcher(name).matches() || number < 0) {
                throw new IllegalArgumentException("not a place on the spool");
            }
        }
    }
}
