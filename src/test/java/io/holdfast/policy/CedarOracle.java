package io.holdfast.policy;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Asks Cedar, an engine of other people, what a {@link CedarTranslation} says about a request: once for each category.
 *
 * <p>The issuer is the principal, the action the action, a category the resource; all other facts and the time are the
 * context. An unknown word is there as such, an absent date is absent.
 */
final class CedarOracle {

    /**
     * What Cedar says of one category.
     *
     * @param policies every {@code forbid} that holds; where there is none, every {@code permit} that does
     */
    record Answer(boolean isAllowed, SortedSet<String> policies) {}

    private static final AuthorizationEngine ENGINE = new BasicAuthorizationEngine();
    private static final Map<String, EntityTypeName> TYPES = new HashMap<>();

    private final PolicySet policies;

    CedarOracle(CedarTranslation translation) throws Exception {
        Set<Policy> all = new HashSet<>();
        translation.policies().forEach((id, text) -> all.add(new Policy(text, id)));
        policies = new PolicySet(all);
        // Parsed once and kept beside the engine.
        policies.cache();
    }

    /** By each category that is asked for; by the unknown one where none is. */
    Map<DataCategory, Answer> ask(Facts facts, Instant at) throws AuthException {
        Map<String, Value> context = context(facts, at);
        Map<DataCategory, Answer> answers = new EnumMap<>(DataCategory.class);
        Set<DataCategory> asked = facts.categories().isEmpty() ? Set.of(DataCategory.UNKNOWN) : facts.categories();
        for (DataCategory category : asked) {
            AuthorizationRequest request = new AuthorizationRequest(
                    entity(Dimension.ISSUER_JURISDICTION, facts.issuer()),
                    entity(Dimension.ACTION, facts.action()),
                    entity(Dimension.CATEGORY, category),
                    context);
            answers.put(category, answer(ENGINE.isAuthorized(request, policies, Set.<Entity>of())));
        }
        return answers;
    }

    /** A policy that fails is left out by Cedar, as if nobody had written it; a translation must never get there. */
    private static Answer answer(AuthorizationResponse response) {
        AuthorizationSuccessResponse answer =
                response.success.orElseThrow(() -> new AssertionError(response.toString()));
        if (!answer.getErrors().isEmpty()) {
            throw new AssertionError("policies failed: " + answer.getErrors());
        }
        return new Answer(answer.isAllowed(), new TreeSet<>(answer.getReason()));
    }

    private static Map<String, Value> context(Facts facts, Instant at) {
        Map<String, Value> context = new HashMap<>();
        for (Dimension dimension : Dimension.values()) {
            if (dimension == Dimension.ISSUER_JURISDICTION || dimension == Dimension.ACTION) {
                continue;
            }
            Set<? extends Term> terms = dimension.of(facts);
            context.put(
                    dimension.code(),
                    dimension.isPlural()
                            ? several(dimension, terms)
                            : value(dimension, terms.iterator().next()));
        }
        context.put("accounts", new PrimLong(facts.accounts()));
        context.put("at", new PrimLong(seconds(at)));
        context.put("now", calendar(at));
        facts.issuedAt().ifPresent(issued -> {
            context.put("issued-at", new PrimLong(seconds(issued)));
            context.put("issued", calendar(issued));
        });
        facts.expiresAt().ifPresent(expires -> context.put("expires-at", new PrimLong(seconds(expires))));
        return context;
    }

    private static CedarList several(Dimension dimension, Set<? extends Term> terms) {
        CedarList list = new CedarList();
        terms.forEach(term -> list.add(value(dimension, term)));
        return list;
    }

    private static Value value(Dimension dimension, Term term) {
        return type(dimension).isPresent() ? entity(dimension, term) : new PrimString(term.code());
    }

    private static EntityUID entity(Dimension dimension, Term term) {
        return TYPES.computeIfAbsent(
                        type(dimension).orElseThrow(),
                        type -> EntityTypeName.parse(type).orElseThrow())
                .of(term.code());
    }

    /** What a word of this dimension is in Cedar: an entity of this type, or a text. */
    static Optional<String> type(Dimension dimension) {
        return switch (dimension) {
            case ISSUER_JURISDICTION, PROVIDER_JURISDICTION, USER_JURISDICTION, SUBJECT_JURISDICTION ->
                Optional.of("Place");
            case ACTION -> Optional.of("Action");
            case CATEGORY -> Optional.of("Category");
            default -> Optional.empty();
        };
    }

    /** Whole seconds since 1970; anything finer is refused, since it would be lost. */
    static long seconds(Instant instant) {
        if (instant.getNano() != 0) {
            throw new IllegalArgumentException("finer than a second: " + instant);
        }
        return instant.getEpochSecond();
    }

    /** In UTC: months since the year 0, the day, the second within it, and how many days the month has. */
    private static CedarMap calendar(Instant instant) {
        OffsetDateTime time = instant.atOffset(ZoneOffset.UTC);
        CedarMap calendar = new CedarMap();
        calendar.put("month", new PrimLong(time.getYear() * 12L + time.getMonthValue()));
        calendar.put("day", new PrimLong(time.getDayOfMonth()));
        calendar.put("second", new PrimLong(time.toLocalTime().toSecondOfDay()));
        calendar.put("days", new PrimLong(time.toLocalDate().lengthOfMonth()));
        return calendar;
    }
}
