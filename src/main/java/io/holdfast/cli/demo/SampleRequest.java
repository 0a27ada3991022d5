package io.holdfast.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.evidence.SealedInstrument;
import io.holdfast.legal.Instrument;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The six requests of the grid (docs/explanation/the-grid.md), as their senders would send them.
 *
 * @param sender the enrolled authority that the agent acts for
 */
record SampleRequest(String title, String sender, String issuedBy, String instrument, Ask ask, boolean forged) {

    /** What is asked, and on which grounds. */
    record Ask(
            String action,
            List<String> categories,
            List<String> offences,
            String emergency,
            boolean nationalSecurity,
            String subject) {}

    static final SampleRequest TAKEDOWN = new SampleRequest(
            "takedown",
            "hk-police-nsd",
            "hk-commissioner-of-police",
            "HK-NSL-S4-DISABLE",
            new Ask("RESTRICT-CONTENT", List.of("CONTENT"), List.of("OTHER"), "NONE", true, "HK"),
            false);

    static final SampleRequest IDENTIFICATION = new SampleRequest(
            "identification",
            "hk-police-nsd",
            "hk-magistrates-courts",
            "HK-NSL-S4-IDENTIFY",
            new Ask("DISCLOSE", List.of("SUBSCRIBER", "IDENTIFICATION"), List.of("OTHER"), "NONE", true, "HK"),
            false);

    static final SampleRequest TRAFFICKING = new SampleRequest(
            "trafficking",
            "hk-police",
            "hk-magistrates-courts",
            "HK-WARRANT",
            new Ask(
                    "DISCLOSE",
                    List.of("SUBSCRIBER", "IDENTIFICATION"),
                    List.of("THREE-YEARS", "HUMAN-TRAFFICKING"),
                    "NONE",
                    false,
                    "HK"),
            false);

    static final SampleRequest THREAT_TO_LIFE = new SampleRequest(
            "threat to life",
            "hk-police",
            "hk-police",
            "HK-PDPO-58",
            new Ask("DISCLOSE", List.of("SUBSCRIBER", "IDENTIFICATION"), List.of("OTHER"), "LIFE", false, "HK"),
            false);

    static final SampleRequest FORGED_EMERGENCY = new SampleRequest(
            "forged emergency",
            SampleAuthorities.MAILBOX,
            "hk-police",
            "HK-PDPO-58",
            new Ask(
                    "DISCLOSE",
                    List.of("SUBSCRIBER", "IDENTIFICATION", "CONTENT"),
                    List.of("OTHER"),
                    "LIFE",
                    false,
                    "HK"),
            true);

    static final SampleRequest US_WARRANT = new SampleRequest(
            "US warrant",
            "us-fbi",
            "us-district-court",
            "US-SW",
            new Ask(
                    "DISCLOSE",
                    List.of("SUBSCRIBER", "CONTENT", "LIVE-CONTENT"),
                    List.of("THREE-YEARS"),
                    "NONE",
                    false,
                    "US"),
            false);

    static final List<SampleRequest> SIX =
            List.of(TAKEDOWN, IDENTIFICATION, TRAFFICKING, THREAT_TO_LIFE, FORGED_EMERGENCY, US_WARRANT);

    /** The body to post, with a document of its own and the issuer's seal on it. */
    String body(SampleAuthorities authorities, Instant now) {
        Instant issued = now.truncatedTo(ChronoUnit.DAYS).minus(22, ChronoUnit.DAYS);
        Instant expires = issued.plus(181, ChronoUnit.DAYS);
        byte[] digest = new byte[64];
        RandomGenerator.getDefault().nextBytes(digest);
        String sha512 = HexFormat.of().formatHex(digest);
        String docket = "SAMPLE-" + sha512.substring(0, 8);
        SealedInstrument sealed =
                new SealedInstrument(issuedBy, new Instrument(instrument), docket, issued, expires, sha512);

        ObjectNode json = new ObjectMapper().createObjectNode();
        json.putObject("instrument")
                .put("kind", instrument)
                .put("issuedBy", issuedBy)
                .put("docket", docket)
                .put("issuedAt", issued.toString())
                .put("expiresAt", expires.toString());
        json.putObject("document")
                .put("sha512", sha512)
                .put("mediaType", "application/pdf")
                .put("seal", forged ? authorities.forgedSeal(sealed) : authorities.seal(sealed));
        json.put("channel", "DIRECT").put("action", ask.action());
        ask.categories().forEach(json.putArray("categories")::add);
        json.putArray("targets").addObject().put("kind", "EMAIL").put("value", SampleStore.ACCOUNT);
        json.putObject("period")
                .put("from", issued.minus(30, ChronoUnit.DAYS).toString())
                .put("to", issued.toString());
        ask.offences().forEach(json.putArray("offences")::add);
        json.put("nationalSecurity", ask.nationalSecurity());
        json.put("emergency", ask.emergency());
        json.put("nonDisclosure", "NONE");
        json.putArray("users").add("HK");
        json.putArray("subjects").add(ask.subject());
        json.putObject("officer")
                .put("name", "Officer 1")
                .put("badge", "0001")
                .put("email", "officer1@agency.example")
                .put("phone", "+15550100001");
        json.put("caseReference", "SAMPLE-CASE-1");
        return json.toString();
    }
}
