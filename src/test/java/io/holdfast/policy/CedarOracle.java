package io.holdfast.policy;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.AuthorizationSuccessResponse;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import com.cedarpolicy.value.CedarList;
import com.cedarpolicy.value.CedarMap;
import com.cedarpolicy.value.EntityTypeName;
import com.cedarpolicy.value.EntityUID;
import com.cedarpolicy.value.PrimLong;
import com.cedarpolicy.value.PrimString;
import com.cedarpolicy.value.Value;
import io.holdfast.legal.Action;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Facts;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
     * @param ways those of the exceptions that open a hold here
     */
    record Answer(boolean isAllowed, SortedSet<String> policies, SortedSet<String> ways) {}

    private static final AuthorizationEngine ENGINE = new BasicAuthorizationEngine();
    private static final Map<String, EntityTypeName> TYPES = new HashMap<>();

    private final PolicySet policies;
    private final PolicySet ways;
    private long questions;

    CedarOracle(CedarTranslation translation) throws Exception {
        policies = parsed(translation.policies());
        ways = parsed(translation.ways());
    }

    /** Parsed once, and kept beside the engine. */
    private static PolicySet parsed(Map<String, String> texts) throws Exception {
        Set<Policy> all = new HashSet<>();
        texts.forEach((id, text) -> all.add(new Policy(text, id)));
        PolicySet set = new PolicySet(all);
        set.cache();
        return set;
    }

    /** By each category that is asked for; by the unknown one where none is. */
    Map<DataCategory, Answer> ask(Facts facts, Instant at) throws AuthException {
        Map<String, Value> context = context(facts, at);
        Map<DataCategory, Answer> answers = new EnumMap<>(DataCategory.class);
        Set<DataCategory> asked = facts.categories().isEmpty() ? Set.of(DataCategory.UNKNOWN) : facts.categories();
        questions += asked.size();
        for (DataCategory category : asked) {
            AuthorizationRequest request = new AuthorizationRequest(
                    entity(Dimension.ISSUER_JURISDICTION, facts.issuer()),
                    entity(Dimension.ACTION, facts.action()),
                    entity(Dimension.CATEGORY, category),
                    context);
            AuthorizationSuccessResponse answer = answer(request, policies);
            SortedSet<String> opened = new TreeSet<>();
            if (ways.getNumPolicies() > 0) {
                opened.addAll(answer(request, ways).getReason());
            }
            answers.put(category, new Answer(answer.isAllowed(), new TreeSet<>(answer.getReason()), opened));
        }
        return answers;
    }

    /** How many have been asked so far: one for each category of each request. */
    long questions() {
        return questions;
    }

    /** What Cedar's own checker finds wrong with the translation, every attribute and type considered. */
    List<String> wrong() throws Exception {
        Schema schema = Schema.parse(Schema.JsonOrCedar.Cedar, schema());
        List<String> wrong = new ArrayList<>();
        for (PolicySet set : List.of(policies, ways)) {
            ValidationResponse response = ENGINE.validate(new ValidationRequest(schema, set));
            if (!response.validationPassed()) {
                wrong.add(response.toString());
            }
        }
        return wrong;
    }

    /** What {@link #context} makes, as Cedar declares it. */
    private static String schema() {
        List<String> attributes = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            if (inContext(dimension)) {
                attributes.add("\"" + dimension.code() + "\": " + (dimension.isPlural() ? "Set<String>" : "String"));
            }
        }
        String calendar = "{month: Long, day: Long, second: Long, days: Long}";
        attributes.addAll(List.of("places: Set<String>", "accounts: Long", "at: Long", "now: " + calendar));
        attributes.addAll(List.of("\"issued-at\"?: Long", "issued?: " + calendar, "\"expires-at\"?: Long"));
        String actions = Stream.of(Action.values())
                .map(action -> "\"" + action.code() + "\"")
                .collect(Collectors.joining(", "));
        return "entity Place; entity Category; action " + actions
                + " appliesTo {principal: Place, resource: Category, context: {" + String.join(", ", attributes)
                + "}};";
    }

    private static boolean inContext(Dimension dimension) {
        return dimension != Dimension.ISSUER_JURISDICTION && dimension != Dimension.ACTION;
    }

    /** A policy that fails is left out by Cedar, as if nobody had written it; a translation must never get there. */
    private static AuthorizationSuccessResponse answer(AuthorizationRequest request, PolicySet set)
            throws AuthException {
        AuthorizationResponse response = ENGINE.isAuthorized(request, set, Set.<Entity>of());
        AuthorizationSuccessResponse answer =
                response.success.orElseThrow(() -> new AssertionError(response.toString()));
        if (!answer.getErrors().isEmpty()) {
            throw new AssertionError("policies failed: " + answer.getErrors());
        }
        return answer;
    }

    private static Map<String, Value> context(Facts facts, Instant at) {
        Map<String, Value> context = new HashMap<>();
        for (Dimension dimension : Dimension.values()) {
            if (inContext(dimension)) {
                Set<? extends Term> terms = dimension.of(facts);
                context.put(
                        dimension.code(),
                        dimension.isPlural()
                                ? several(terms)
                                : new PrimString(terms.iterator().next().code()));
            }
        }
        context.put("places", places(facts));
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

    /** Every place that the request speaks of. */
    private static CedarList places(Facts facts) {
        Set<Term> places = new HashSet<>(facts.users());
        places.addAll(facts.subjects());
        places.add(facts.provider());
        places.add(facts.issuer());
        return several(places);
    }

    private static CedarList several(Set<? extends Term> terms) {
        CedarList list = new CedarList();
        terms.forEach(term -> list.add(new PrimString(term.code())));
        return list;
    }

    private static EntityUID entity(Dimension dimension, Term term) {
        return TYPES.computeIfAbsent(
                        type(dimension).orElseThrow(),
                        type -> EntityTypeName.parse(type).orElseThrow())
                .of(term.code());
    }

    /** What a word of this dimension is in Cedar: an entity of this type, or, in the context, a text. */
    static Optional<String> type(Dimension dimension) {
        return switch (dimension) {
            case ISSUER_JURISDICTION -> Optional.of("Place");
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
