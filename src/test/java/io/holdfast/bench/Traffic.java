package io.holdfast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.fixture.Institutions;
import io.holdfast.fixture.SampleRequest;
import io.holdfast.legal.Action;
import io.holdfast.legal.Channel;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.holdfast.legal.Emergency;
import io.holdfast.legal.Instrument;
import io.holdfast.legal.Jurisdiction;
import io.holdfast.legal.NonDisclosure;
import io.holdfast.legal.Offence;
import io.holdfast.legal.Request;
import io.holdfast.legal.Term;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The requests of the load: the six of the grid in turn, each with an account, a docket, an officer and a seal of its own,
 * so that nothing can be remembered from one to the next.
 */
final class Traffic {

    private static final int DIFFERENT = 600;

    private final List<SampleRequest> requests = new ArrayList<>(DIFFERENT);

    Traffic(Institutions institutions) {
        for (int i = 0; i < DIFFERENT; i++) {
            requests.add(sample(i)
                    .with("instrument.docket", "BENCH-2026-" + i)
                    .with("caseReference", "CASE " + i)
                    .with("officer.name", "Officer " + i)
                    .with("officer.email", "officer-" + i + "@agency.example")
                    .withTarget("EMAIL", "account." + i + "@example.org")
                    .sealed(institutions));
        }
    }

    private static SampleRequest sample(int i) {
        return switch (i % 6) {
            case 0 -> SampleRequest.takedown();
            case 1 -> SampleRequest.identification();
            case 2 -> SampleRequest.trafficking();
            case 3 -> SampleRequest.threatToLife();
            case 4 -> SampleRequest.usWarrant();
            default -> SampleRequest.usPreservation();
        };
    }

    List<SampleRequest> requests() {
        return requests;
    }

    /** As the gateway's HTTP side hands it to the gate. */
    static Request asRequest(SampleRequest sample) {
        JsonNode body = sample.json();
        return new Request(
                new Instrument(text(body, "/instrument/kind")),
                text(body, "/instrument/issuedBy"),
                text(body, "/instrument/docket"),
                Instant.parse(text(body, "/instrument/issuedAt")),
                Instant.parse(text(body, "/instrument/expiresAt")),
                word(body.at("/channel"), Dimension.CHANNEL, Channel.class),
                word(body.at("/action"), Dimension.ACTION, Action.class),
                words(body.at("/categories"), Dimension.CATEGORY, DataCategory.class),
                List.of(new Request.Target(Request.Target.Kind.EMAIL, text(body, "/targets/0/value"))),
                Instant.parse(text(body, "/period/from")),
                Instant.parse(text(body, "/period/to")),
                words(body.at("/offences"), Dimension.OFFENCE, Offence.class),
                body.at("/nationalSecurity").booleanValue(),
                word(body.at("/emergency"), Dimension.EMERGENCY, Emergency.class),
                word(body.at("/nonDisclosure"), Dimension.NON_DISCLOSURE, NonDisclosure.class),
                words(body.at("/users"), Dimension.USER_JURISDICTION, Jurisdiction.class),
                words(body.at("/subjects"), Dimension.SUBJECT_JURISDICTION, Jurisdiction.class),
                new Request.Document(
                        text(body, "/document/sha512"),
                        text(body, "/document/mediaType"),
                        Optional.of(text(body, "/document/seal"))),
                new Request.Officer(
                        text(body, "/officer/name"),
                        text(body, "/officer/badge"),
                        text(body, "/officer/email"),
                        text(body, "/officer/phone")),
                text(body, "/caseReference"),
                Optional.of(text(body, "/necessity")));
    }

    private static String text(JsonNode body, String pointer) {
        return body.at(pointer).textValue();
    }

    private static <T extends Term> T word(JsonNode code, Dimension dimension, Class<T> type) {
        return type.cast(dimension.vocabulary().term(code.textValue()));
    }

    private static <T extends Term> Set<T> words(JsonNode codes, Dimension dimension, Class<T> type) {
        return StreamSupport.stream(codes.spliterator(), false)
                .map(code -> word(code, dimension, type))
                .collect(Collectors.toSet());
    }
}
