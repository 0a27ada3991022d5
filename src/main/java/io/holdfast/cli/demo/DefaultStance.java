package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.Anchors;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Entry;
import io.holdfast.audit.Leaf;
import io.holdfast.audit.ProofVerification;
import io.holdfast.audit.ProofVerifier;
import io.holdfast.bag.PackageVerifier;
import io.holdfast.cli.ServeOptions;
import io.holdfast.note.NoteSigner;
import io.holdfast.note.VerifierKey;
import io.holdfast.store.KeyFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The second act: what the shipped gateway does with a warrant, with Hong Kong, and with a hold that lands in between. */
final class DefaultStance {

    private static final String HOLD_ON_US = """
            {"reason":"Counsel asked to stop while the warrant is looked at again.",
             "hold":{"id":"us-review","title":"United States: paused","mode":"PAUSE",
              "applies":{"issuer-jurisdiction":["US"]},"from":"2026-11-01T00:00:00Z","review-by":"2027-03-01T00:00:00Z",
              "intake":"QUEUE","preserve":true,"exit":{"type":"INTERNAL-REVIEW","owner":"legal"},
              "statement":{"en":"Requests from the United States are paused while we review them."}}}
            """;

    private final Stage stage;
    private final Clock clock;
    private final Story story;
    private final VerifierKey logKey;
    private final GatewayProcess gateway;

    private DefaultStance(Stage stage, Clock clock, Story story, GatewayProcess gateway) {
        this.stage = stage;
        this.clock = clock;
        this.story = story;
        this.gateway = gateway;
        this.logKey = new NoteSigner(
                        ServeOptions.ORIGIN, new KeyFolder(gateway.data().resolve("keys")).logKey())
                .verifierKey();
    }

    /** @return the key that an auditor would have been given, and the export that was made */
    static Exported play(Stage stage, Clock clock, Story story) {
        try (GatewayProcess gateway = stage.gateway("default", ServeOptions.START_HOLDS)) {
            DefaultStance act = new DefaultStance(stage, clock, story, gateway);
            story.tell("The shipped gateway, Hong Kong on hold from its first entry:");
            act.warrant();
            act.hongKong();
            act.holdInFlight();
            act.liftAlone();
            Opened opened = act.openOneClaim();
            Path folder = act.export();
            return new Exported(folder, act.logKey, opened);
        }
    }

    /** What is left when the gateway has stopped. */
    record Exported(Path folder, VerifierKey logKey, Opened opened) {}

    /** One sealed claim that an auditor opened. */
    record Opened(Disclosure disclosure, long index) {}

    private void warrant() {
        Person agent = person("agent-1", "le-agent", SampleRequest.US_WARRANT.sender());
        Person.Answer decided = submit(agent, SampleRequest.US_WARRANT);
        String id = decided.json().path("request").asText();
        Person.Answer approved = approveTwice(id, decided);
        story.show(
                "US warrant: " + decided.outcome() + ", two reviewers approve, " + approved.outcome()
                        + " without LIVE-CONTENT (CATEGORY_NOT_REACHED)",
                approved.outcome().equals("RELEASED")
                        && approved.json()
                                .at("/decision/scope/withheld/LIVE-CONTENT")
                                .asText()
                                .equals("CATEGORY_NOT_REACHED"),
                approved.outcome());
        Person.Answer early = agent.post("/v1/requests/" + id + "/delivery", "");
        Person.Answer told = person("operator-1", "legal-operator")
                .post(
                        "/v1/requests/" + id + "/notice",
                        "{\"means\":\"EMAIL\",\"told\":\"" + clock.instant().truncatedTo(ChronoUnit.SECONDS) + "\"}");
        story.show(
                "the person concerned is told before: delivery " + early.status() + ", then notice given, record "
                        + told.index(),
                early.status() == 409 && told.status() == 201,
                "delivery " + early.status() + ", notice " + told.status());
        Person.Answer packed = agent.post("/v1/requests/" + id + "/delivery", "");
        story.show(
                "collected from the store: " + String.join(", ", stage.store().categoriesAsked())
                        + ", and packed; record " + packed.index() + "; the proof in the answer checks offline",
                packed.status() == 200
                        && stage.store().categoriesAsked().equals(Set.of("CONTENT", "SUBSCRIBER"))
                        && proves(packed),
                "status " + packed.status());
        handOver(agent, id);
    }

    /** The sender takes the package over, opens it, checks it with the log's key alone, and says so. */
    private void handOver(Person agent, String id) {
        Person.Answer came = agent.post("/v1/requests/" + id + "/downloads", "");
        if (came.status() != 200) {
            story.show("the package is handed over", false, "status " + came.status());
            return;
        }
        SampleRecipient.Opened opened = stage.authorities().recipient().open(came.bytes());
        PackageVerifier.Result checked = opened.check(logKey, clock.instant());
        story.show(
                "handed over, encrypted for the sender alone: "
                        + opened.manifest().files().size() + " files, each as record " + checked.index() + " has it",
                checked.holds()
                        && opened.data().contains("Sample message 1")
                        && opened.data().contains("Sample account 1")
                        && !opened.data().contains("Never to be released"),
                checked.findings().toString());
        Person.Answer receipt = agent.post(
                "/v1/requests/" + id + "/receipt",
                "{\"manifest\":\"" + opened.manifest().receipt().hex() + "\"}");
        Person.Answer again = agent.post("/v1/requests/" + id + "/downloads", "");
        story.show(
                "the sender says that they have opened it, and the gateway keeps nothing of it: once more, "
                        + again.status(),
                receipt.status() == 201 && again.status() == 409,
                "receipt " + receipt.status() + ", then " + again.status());
    }

    private void hongKong() {
        int before = stage.store().asked();
        Person agent = person("agent-2", "le-agent", SampleRequest.IDENTIFICATION.sender());
        Person.Answer held = submit(agent, SampleRequest.IDENTIFICATION);
        Person.Answer tried =
                agent.post("/v1/requests/" + held.json().path("request").asText() + "/delivery", "");
        story.show(
                "Hong Kong identification record: " + held.outcome() + " under "
                        + held.json().at("/decision/hold").asText() + "; delivery " + tried.status()
                        + "; the store was asked "
                        + (stage.store().asked() - before) + " times",
                held.outcome().equals("HELD")
                        && tried.status() == 403
                        && stage.store().asked() == before,
                held.outcome() + ", delivery " + tried.status());
        submit(person("agent-3", "le-agent", SampleRequest.TRAFFICKING.sender()), SampleRequest.TRAFFICKING);
        submit(person("agent-4", "le-agent", SampleRequest.FORGED_EMERGENCY.sender()), SampleRequest.FORGED_EMERGENCY);
    }

    private void holdInFlight() {
        Person agent = person("agent-1", "le-agent", SampleRequest.US_WARRANT.sender());
        Person.Answer decided = submit(agent, SampleRequest.US_WARRANT);
        String id = decided.json().path("request").asText();
        Person.Answer released = approveTwice(id, decided);
        int before = stage.store().asked();
        Person.Answer placed = person("operator-1", "legal-operator").post("/v1/holds", HOLD_ON_US);
        Person.Answer refused = agent.post("/v1/requests/" + id + "/delivery", "");
        Person.Answer now = agent.get("/v1/requests/" + id);
        story.show(
                "in flight: " + released.outcome() + ", then one person places a hold (epoch "
                        + placed.json().path("epoch").asText() + "), delivery " + refused.status() + ", now "
                        + now.outcome() + "; the store was asked "
                        + (stage.store().asked() - before) + " times",
                released.outcome().equals("RELEASED")
                        && placed.status() == 201
                        && refused.status() == 403
                        && now.outcome().equals("HELD")
                        && stage.store().asked() == before,
                released.outcome() + ", hold " + placed.status() + ", delivery " + refused.status() + ", "
                        + now.outcome());
    }

    private void liftAlone() {
        Person.Answer proposed = person("operator-1", "legal-operator")
                .post("/v1/holds/hk-nsl-2020/lift", "{\"reason\":\"The hold is no longer wanted.\"}");
        String proposal = proposed.json().path("proposal").asText();
        Person.Answer approved =
                person("operator-1", "legal-approver").post("/v1/hold-changes/" + proposal + "/approval", "");
        story.show(
                "lifting alone: proposed, " + proposed.json().path("says").asText() + " The same person approves: "
                        + approved.status() + ", "
                        + approved.json().path("detail").asText(),
                proposed.status() == 202
                        && proposed.json().path("state").asText().equals("WAITING")
                        && approved.status() == 409,
                "status " + proposed.status() + ", then " + approved.status());
    }

    private Opened openOneClaim() {
        Person auditor = person("auditor-1", "auditor");
        Person.Answer answer = auditor.post("/v1/records/1/claims/docket/opening", "");
        Disclosure disclosure =
                Disclosure.parse(answer.json().path("disclosure").asText());
        return new Opened(disclosure, 1);
    }

    private Path export() {
        Path folder = stage.work().resolve("export");
        Offline.export(person("auditor-1", "auditor"), folder);
        return folder;
    }

    private boolean proves(Person.Answer answer) {
        JsonNode json = answer.json();
        Leaf leaf = Leaf.of(json.at("/record/leaf").asText().getBytes(StandardCharsets.US_ASCII));
        ProofVerification proof = ProofVerifier.verify(
                json.path("proof").asText().getBytes(StandardCharsets.UTF_8),
                Optional.of(leaf.bytes()),
                Anchors.ofKeys(List.of(logKey), Optional.empty()),
                clock.instant());
        return proof.findings().isEmpty()
                && Entry.parse(leaf)
                        .envelope()
                        .subject()
                        .equals(json.path("request").asText());
    }

    private Person.Answer submit(Person agent, SampleRequest request) {
        return agent.post("/v1/requests", request.body(stage.authorities(), clock.instant()));
    }

    private Person.Answer approveTwice(String id, Person.Answer decided) {
        person("reviewer-1", "reviewer").post("/v1/requests/" + id + "/approvals", approval(id, decided));
        return person("reviewer-2", "reviewer").post("/v1/requests/" + id + "/approvals", approval(id, decided));
    }

    /** Of what was decided, by somebody who has seen to all that it asks for. */
    private String approval(String id, Person.Answer decided) {
        List<String> checks = new ArrayList<>();
        person("reviewer-1", "reviewer")
                .get("/v1/requests/" + id)
                .json()
                .path("to-confirm")
                .forEach(duty -> checks.add("\"" + duty.path("duty").asText() + "\":\"CONFIRMED\""));
        return "{\"version\":\"" + decided.json().at("/record/version").asText() + "\",\"checks\":{"
                + String.join(",", checks) + "}}";
    }

    private Person person(String subject, String role) {
        return new Person(gateway.url(), gateway.token(subject, role, Optional.empty()));
    }

    private Person person(String subject, String role, String authority) {
        return new Person(gateway.url(), gateway.token(subject, role, Optional.of(authority)));
    }
}
