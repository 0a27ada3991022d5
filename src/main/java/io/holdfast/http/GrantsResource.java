package io.holdfast.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.audit.Event;
import io.holdfast.gate.Case;
import io.holdfast.gate.Grants;
import io.holdfast.grant.GrantScope;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Dimension;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Grants for what was released, for the authority that asked. */
@Path("/v1/requests/{id}/grants")
@Produces(MediaType.APPLICATION_JSON)
class GrantsResource {

    private static final Pattern THUMBPRINT = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int USUAL_SECONDS = 60;

    private final Gateway gateway;
    private final Caller caller;
    private final Meters meters;

    GrantsResource(Gateway gateway, Caller caller, Meters meters) {
        this.gateway = gateway;
        this.caller = caller;
        this.meters = meters;
    }

    /**
     * What a grant is wanted for; everything may be left out.
     *
     * @param targets places of the accounts in the request, from 0 on
     * @param holder the SHA-256 of the certificate of whoever alone may use it, base64url
     */
    record GrantBody(String audience, List<Integer> targets, List<String> categories, Integer seconds, String holder) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Caller.AGENT)
    @Blocking
    public Response issue(@PathParam("id") String id, Body body) {
        Gateway.Parts parts = gateway.parts();
        Grants.Wish wish = wish(parts.grants(), StrictJson.read(body.bytes(), GrantBody.class));
        Case found = RequestsResource.known(parts, id);
        boolean isOwn = found.shredded().isPresent() || parts.gate().isFrom(found, caller.authority(parts.gate()));
        if (!isOwn) {
            throw Problem.notFound("request").exception();
        }
        Grants.Issue issue;
        try {
            issue = parts.grants().issue(found.id(), wish).orElseThrow();
        } catch (IllegalArgumentException e) {
            throw malformed("targets", e.getMessage());
        }
        if (issue instanceof Grants.Issue.Issued issued) {
            return Response.status(201).entity(json(issued)).build();
        }
        throw problem(issue, found).exception();
    }

    private static Grants.Wish wish(Grants grants, GrantBody body) {
        Optional<String> holder = Optional.ofNullable(body.holder());
        if (!holder.map(text -> THUMBPRINT.matcher(text).matches()).orElse(true)) {
            throw malformed("holder", "must be the SHA-256 of a certificate, 43 characters of base64url");
        }
        List<Integer> targets = Optional.ofNullable(body.targets()).orElse(List.of());
        if (targets.stream().anyMatch(Objects::isNull)) {
            throw malformed("targets", "must be numbers");
        }
        try {
            return new Grants.Wish(
                    Optional.ofNullable(body.audience()).orElse(grants.audience()),
                    new HashSet<>(targets),
                    categories(body.categories()),
                    Duration.ofSeconds(Optional.ofNullable(body.seconds()).orElse(USUAL_SECONDS)),
                    holder);
        } catch (IllegalArgumentException e) {
            String[] parts = e.getMessage().split(": ", 2);
            throw malformed(parts[0].equals("life") ? "seconds" : parts[0], parts[1]);
        }
    }

    private static Set<DataCategory> categories(List<String> codes) {
        Set<DataCategory> categories = EnumSet.noneOf(DataCategory.class);
        for (String code : codes == null ? List.<String>of() : codes) {
            try {
                categories.add((DataCategory) Dimension.CATEGORY.vocabulary().term(String.valueOf(code)));
            } catch (IllegalArgumentException e) {
                throw malformed("categories", "must be categories of data");
            }
        }
        return categories;
    }

    private static ProblemException malformed(String field, String rule) {
        return Problem.malformed(field, rule, Problem.Violation.NOT_SHOWN).exception();
    }

    private static ObjectNode json(Grants.Issue.Issued issued) {
        GrantScope scope = issued.grant().scope();
        ObjectNode json = StrictJson.MAPPER.createObjectNode();
        json.put("request", issued.grant().request());
        json.put("grant", issued.token());
        json.put("audience", issued.grant().audience());
        json.put("until", issued.grant().until().toString());
        json.put("accounts", scope.accounts().size());
        scope.categories().forEach(json.putArray("categories")::add);
        json.put("from", scope.from().toString());
        json.put("to", scope.to().toString());
        json.set("record", Views.record(issued.receipt().stored()));
        return json;
    }

    private Problem problem(Grants.Issue issue, Case found) {
        if (issue instanceof Grants.Issue.NotReleased refused) {
            return Deliveries.notReleased(refused.decision(), refused.receipt());
        }
        if (issue instanceof Grants.Issue.NothingToGrant) {
            return Problem.of(
                    "nothing-to-deliver",
                    409,
                    "There is nothing to hand over.",
                    "What was released is not a disclosure.");
        }
        Grants.Issue.NotIssued blocked = (Grants.Issue.NotIssued) issue;
        if (blocked.blocked() == Event.Blocked.SHREDDED && found.shredded().isPresent()) {
            return Erasures.shredded(found.shredded().get(), Optional.of(blocked.receipt()));
        }
        if (blocked.blocked() == Event.Blocked.NOTICE_NOT_GIVEN) {
            return Deliveries.noticeNotGiven(blocked.receipt());
        }
        String record = " It is record " + blocked.receipt().stored().index() + ".";
        if (blocked.blocked() == Event.Blocked.NOT_WITNESSED) {
            meters.notWitnessed();
            return Problem.notWitnessed("No grant was handed out." + record
                    + " Try again later; the operator reads in /q/health/ready which witness is missing.");
        }
        return Problem.of("not-granted", 409, "No grant was issued.", detail(blocked.blocked()) + record);
    }

    private static String detail(Event.Blocked why) {
        return switch (why) {
            case BEYOND_GRANT -> "It would go further than what is released for the request.";
            case NO_LONGER_COVERED -> "What was released is being delivered, or was delivered before.";
            case OBJECTED -> "An objection or a ground for refusal stands on it.";
            case TOO_MANY -> "As many as there can be were issued for the request.";
            default -> "The request is not released.";
        };
    }
}
