package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Event;
import io.holdfast.audit.LedgerSource;
import io.holdfast.audit.LogReader;
import io.holdfast.audit.Receipt;
import io.holdfast.audit.ReportBook;
import io.holdfast.audit.ReportedPeriod;
import io.holdfast.audit.Stored;
import io.holdfast.gate.Person;
import io.holdfast.gate.ReportDesk;
import io.holdfast.note.Checkpoint;
import io.holdfast.report.LogHead;
import io.holdfast.report.ReportJson;
import io.holdfast.report.TransparencyReport;
import io.holdfast.tlog.Hash;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;

/** Transparency reports: proposing one that is counted from the log, agreeing to it, and reading what was published. */
@Path("/v1/reports")
@Produces(MediaType.APPLICATION_JSON)
class ReportsResource {

    private static final String ONE = "{digest: [0-9a-f]{64}}";

    private final Gateway gateway;
    private final Caller caller;
    private final SecurityIdentity identity;

    ReportsResource(Gateway gateway, Caller caller, SecurityIdentity identity) {
        this.gateway = gateway;
        this.caller = caller;
        this.identity = identity;
    }

    /** What was published, oldest first. For everybody. */
    @GET
    @Blocking
    public ObjectNode list() {
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        ArrayNode reports = json.putArray("reports");
        for (Stored stored : gateway.parts().reports().book().published()) {
            Event.ReportPublished event = (Event.ReportPublished) stored.entry().event();
            ObjectNode one = reports.addObject();
            period(event.report(), one);
            one.put("published", stored.entry().envelope().at().toString());
            one.put("entry", stored.index());
        }
        return json;
    }

    /** The bytes of a report. One that only waits for a second person is for those who could agree to it. */
    @GET
    @Path(ONE)
    @Blocking
    public Response show(@PathParam("digest") String digest) {
        ReportDesk desk = gateway.parts().reports();
        Hash hash = hash(digest);
        ReportBook book = desk.book();
        boolean isShown = book.isPublished(hash)
                || book.proposal(hash).isPresent() && !identity.isAnonymous() && (mayPropose() || mayAgree());
        if (!isShown) {
            throw Problem.notFound("report").exception();
        }
        byte[] bytes =
                desk.report(hash).orElseThrow(() -> Problem.notFound("report").exception());
        return Response.ok(bytes, MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    /** @param from the first day of the period, {@code to} the last one, in UTC */
    record PeriodBody(String from, String to) {}

    /** Counts the log as it is and proposes what came out. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Authenticated
    @Blocking
    public Response propose(Body body) {
        caller.checkIsSomebodyHere();
        Gateway.Parts parts = gateway.parts();
        PeriodBody read = StrictJson.read(body.bytes(), PeriodBody.class);
        LocalDate from = day("from", read.from());
        LocalDate to = day("to", read.to());
        if (to.isBefore(from)) {
            throw Problem.malformed("to", "must not be before from", to.toString())
                    .exception();
        }
        refuseUnless(mayPropose(), "Only a report editor, who sends no requests, proposes a report.");
        LogReader log = LogReader.of(new LedgerSource(parts.ledger(), Map.of()));
        TransparencyReport report = TransparencyReport.fold(log.entries(), start(from), start(to.plusDays(1)));
        byte[] bytes = ReportJson.write(report, head(log.checkpoint()));
        Receipt receipt = parts.reports()
                .propose(report.from(), report.to(), log.checkpoint().size(), bytes, caller.person())
                .toCompletableFuture()
                .join();
        ObjectNode json = answer(receipt);
        json.set("report", CanonicalJson.readObject("report", bytes));
        json.put(
                "stands-until",
                receipt.stored().entry().envelope().at().plus(ReportBook.STANDS).toString());
        return Response.status(202).entity(json).build();
    }

    /** Agrees to a report that somebody else has proposed; from then on it is public. */
    @POST
    @Path(ONE + "/publication")
    @Authenticated
    @Blocking
    public ObjectNode publish(@PathParam("digest") String digest) {
        caller.checkIsSomebodyHere();
        refuseUnless(
                mayAgree(), "Only a report editor or a legal approver, who sends no requests, agrees to a report.");
        return answer(gateway.parts()
                .reports()
                .agree(hash(digest), caller.person())
                .orElseThrow(() -> Problem.notFound("proposal").exception())
                .toCompletableFuture()
                .join());
    }

    private boolean mayPropose() {
        return caller.is(Caller.REPORT_EDITOR) && !caller.is(Caller.AGENT);
    }

    private boolean mayAgree() {
        return mayPropose() || caller.is(Caller.LEGAL_APPROVER) && !caller.is(Caller.AGENT);
    }

    private void refuseUnless(boolean permitted, String detail) {
        if (!permitted) {
            gateway.parts()
                    .reports()
                    .refuse(caller.person())
                    .toCompletableFuture()
                    .join();
            throw Problem.forbidden(detail).exception();
        }
    }

    private static LogHead head(Checkpoint checkpoint) {
        return new LogHead(
                checkpoint.origin(), checkpoint.size(), checkpoint.root().base64());
    }

    private static ObjectNode answer(Receipt receipt) {
        Event event = receipt.stored().entry().event();
        if (event instanceof Event.ReportBlocked blocked) {
            throw problem(blocked.blocked(), receipt).exception();
        }
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        if (event instanceof Event.ReportProposed proposed) {
            period(proposed.report(), json);
            json.put("state", "PROPOSED");
        } else if (event instanceof Event.ReportPublished published) {
            period(published.report(), json);
            json.put("state", "PUBLISHED");
        }
        json.set("record", Views.record(receipt.stored()));
        json.put("proof", new String(receipt.proof().print(), StandardCharsets.UTF_8));
        return json;
    }

    private static Problem problem(Event.Blocked why, Receipt receipt) {
        String detail = switch (why) {
            case PERIOD_NOT_OVER ->
                "A period is counted from " + ReportBook.SETTLES.toMinutes() + " minutes after its end on.";
            case SAME_PERSON_TWICE -> "You have proposed it; another person has to agree.";
            case NOT_A_PERSON -> Person.IS_NOBODY;
            default -> "The proposal has been agreed to, or is too old: propose the report again.";
        };
        return Problem.of(
                "report-blocked",
                409,
                "The report is not published.",
                detail + " The attempt is record " + receipt.stored().index() + ".");
    }

    private static void period(ReportedPeriod report, ObjectNode json) {
        json.put("from", report.from().toString());
        json.put("to", report.to().toString());
        json.put("entries", report.entries());
        json.put("digest", report.digest().hex());
    }

    private static LocalDate day(String field, String text) {
        try {
            LocalDate day = LocalDate.parse(String.valueOf(text));
            if (day.toString().equals(text) && day.getYear() >= 2000 && day.getYear() < 2100) {
                return day;
            }
        } catch (DateTimeException e) {
            // Said below.
        }
        throw Problem.malformed(field, "must be a day such as 2026-07-01", Problem.Violation.NOT_SHOWN)
                .exception();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private static Hash hash(String digest) {
        return Hash.of(HexFormat.of().parseHex(digest));
    }
}
