package io.holdfast.legal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an authority asks for, with everything personal that it says. Lives in memory and under seal, nowhere else:
 * what the rulebook and the log see are {@link Facts}.
 *
 * @param issuedBy id of the enrolled court or authority that issued the instrument
 * @param docket the court's or the agency's number of the instrument
 * @param from start of the period that data is asked for
 * @param to end of that period, exclusive
 * @param nationalSecurity whether the sender says that a national security law is involved
 * @param caseReference the sender's own reference
 * @param necessity why the data is needed, in the sender's words
 */
public record Request(
        Instrument instrument,
        String issuedBy,
        String docket,
        Instant issuedAt,
        Instant expiresAt,
        Channel channel,
        Action action,
        Set<DataCategory> categories,
        List<Target> targets,
        Instant from,
        Instant to,
        Set<Offence> offences,
        boolean nationalSecurity,
        Emergency emergency,
        NonDisclosure nonDisclosure,
        Set<Jurisdiction> users,
        Set<Jurisdiction> subjects,
        Document document,
        Officer officer,
        String caseReference,
        Optional<String> necessity) {

    public Request {
        categories = Set.copyOf(categories);
        targets = List.copyOf(targets);
        offences = Set.copyOf(offences);
        users = Set.copyOf(users);
        subjects = Set.copyOf(subjects);
    }

    /** Never shows a person. */
    @Override
    public String toString() {
        return "Request[" + instrument + ", " + action + ", " + targets.size() + " targets]";
    }

    /** An account or another handle by which the platform can find data. */
    public record Target(Kind kind, String value) {

        /** In which way a target is named; each has a syntax of its own. */
        public enum Kind {
            EMAIL,
            PHONE,
            USER_ID,
            HANDLE,
            IP_ADDRESS;

            public String code() {
                return Term.spell(this);
            }
        }

        @Override
        public String toString() {
            return "Target[" + kind.code() + "]";
        }
    }

    /**
     * The instrument's document, as the sender holds it.
     *
     * @param sha512 digest of the file, 128 hex digits
     * @param seal the issuing court's signature over the instrument, a compact JWS
     */
    public record Document(String sha512, String mediaType, Optional<String> seal) {
        @Override
        public String toString() {
            return "Document[" + mediaType + "]";
        }
    }

    /** The person who sends the request. */
    public record Officer(String name, String badge, String email, String phone) {
        @Override
        public String toString() {
            return "Officer[]";
        }
    }
}
