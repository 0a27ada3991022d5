package io.holdfast.http;

import io.holdfast.legal.Dimension;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.Request;
import io.holdfast.policy.Vocabulary;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Turns a body into a request, or into a problem that names every field that is wrong. */
@ApplicationScoped
class Intake {

    private final Validator validator;

    Intake(Validator validator) {
        this.validator = validator;
    }

    /** @throws ProblemException if anything at all is wrong with it */
    Request read(byte[] json, Gateway.Limits limits, Vocabulary vocabulary) {
        IntakeBody body = StrictJson.read(json, IntakeBody.class);
        List<Problem.Violation> violations = new ArrayList<>();
        for (ConstraintViolation<IntakeBody> violation : validator.validate(body)) {
            String field = violation.getPropertyPath().toString().replace(".<list element>", "");
            violations.add(
                    new Problem.Violation(field, violation.getMessage(), Shown.value(field, found(violation, field))));
        }
        if (violations.isEmpty()) {
            addLimits(body, limits, violations);
            addUnknownWords(body, vocabulary, violations);
        }
        if (!violations.isEmpty()) {
            violations.sort(Comparator.comparing(Problem.Violation::field).thenComparing(Problem.Violation::rule));
            throw Problem.malformed("Mend these fields and send the request again. Nothing was recorded.", violations)
                    .exception();
        }
        return request(body);
    }

    /** A rule across fields is told with the field that it names. */
    private static Object found(ConstraintViolation<IntakeBody> violation, String field) {
        if (violation.getInvalidValue() instanceof IntakeBody body) {
            return field.startsWith("period")
                    ? body.period().to()
                    : body.instrument().expiresAt();
        }
        return violation.getInvalidValue();
    }

    private static void addLimits(IntakeBody body, Gateway.Limits limits, List<Problem.Violation> violations) {
        if (body.targets().size() > limits.mostTargets()) {
            violations.add(new Problem.Violation(
                    "targets",
                    "must be at most " + limits.mostTargets(),
                    body.targets().size() + " targets"));
        }
        for (int i = 0; i < body.targets().size(); i++) {
            if (body.targets().indexOf(body.targets().get(i)) < i) {
                violations.add(new Problem.Violation(
                        "targets[" + i + "]", "must not be there twice", Problem.Violation.NOT_SHOWN));
            }
        }
        long days = Duration.between(body.period().from(), body.period().to()).toDays();
        if (days > limits.mostDays()) {
            violations.add(
                    new Problem.Violation("period", "must be at most " + limits.mostDays() + " days", days + " days"));
        }
    }

    private static void addUnknownWords(IntakeBody body, Vocabulary vocabulary, List<Problem.Violation> violations) {
        if (vocabulary.term(Dimension.INSTRUMENT, body.instrument().kind()).isEmpty()) {
            violations.add(new Problem.Violation(
                    "instrument.kind",
                    "must be an instrument that the rulebook knows",
                    Shown.value("instrument.kind", body.instrument().kind())));
        }
        addUnknownPlaces("users", body.users(), vocabulary, violations);
        addUnknownPlaces("subjects", body.subjects(), vocabulary, violations);
    }

    private static void addUnknownPlaces(
            String field, List<String> codes, Vocabulary vocabulary, List<Problem.Violation> violations) {
        for (int i = 0; i < codes.size(); i++) {
            String code = codes.get(i);
            if (!code.equals(Jurisdiction.UNKNOWN.code())
                    && vocabulary.term(Dimension.USER_JURISDICTION, code).isEmpty()) {
                violations.add(new Problem.Violation(
                        field + "[" + i + "]", "must be an ISO 3166-1 alpha-2 code that exists", code));
            }
        }
    }

    private static Request request(IntakeBody body) {
        return new Request(
                new Instrument(body.instrument().kind()),
                body.instrument().issuedBy(),
                body.instrument().docket(),
                body.instrument().issuedAt(),
                body.instrument().expiresAt(),
                body.channel(),
                body.action(),
                new HashSet<>(body.categories()),
                body.targets().stream()
                        .map(target -> new Request.Target(target.kind(), target.value()))
                        .toList(),
                body.period().from(),
                body.period().to(),
                new HashSet<>(body.offences()),
                body.nationalSecurity(),
                body.emergency(),
                body.nonDisclosure(),
                places(body.users()),
                places(body.subjects()),
                new Request.Document(
                        body.document().sha512(),
                        body.document().mediaType(),
                        Optional.ofNullable(body.document().seal())),
                new Request.Officer(
                        body.officer().name(),
                        body.officer().badge(),
                        body.officer().email(),
                        body.officer().phone()),
                body.caseReference(),
                Optional.ofNullable(body.necessity()));
    }

    private static Set<Jurisdiction> places(List<String> codes) {
        return codes.stream().map(Jurisdiction::of).collect(Collectors.toSet());
    }
}
