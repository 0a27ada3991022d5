package io.holdfast.http;

import io.holdfast.audit.LogLayout;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import io.holdfast.tlog.Tile;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** The log as C2SP tlog-tiles wants it served. Checkpoint and hashes are public; entries need a role, unless opened. */
@Path("/log")
class LogResource {

    /** Spelt as c2sp.org/tlog-tiles has it. */
    private static final String NOTE_TYPE = "text/plain; charset=utf-8";

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Gateway gateway;
    private final SecurityIdentity identity;

    LogResource(Gateway gateway, SecurityIdentity identity) {
        this.gateway = gateway;
        this.identity = identity;
    }

    @GET
    @Path("checkpoint")
    @Blocking
    public Response checkpoint(@Context Request request) {
        byte[] note = gateway.parts()
                .published()
                .checkpoint()
                .orElseThrow(() -> Problem.notWitnessed("What they have not seen is not shown. Try again later; the "
                                + "operator reads in /q/health/ready which witness is missing.")
                        .exception());
        EntityTag tag = new EntityTag(Hash.leaf(note).hex());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        return (unchanged == null ? Response.ok(note).header(HttpHeaders.CONTENT_TYPE, NOTE_TYPE) : unchanged)
                .tag(tag)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .build();
    }

    @GET
    @Path("tile/{path: .+}")
    @Blocking
    public Response tile(@PathParam("path") String path, @Context UriInfo uri, @Context HttpHeaders headers) {
        Tile tile;
        try {
            tile = Tile.parse("tile/" + path);
        } catch (MalformedException e) {
            throw Problem.notFound("tile").exception();
        }
        // The framework overlooks a slash at the end; caches would keep the tile under that name as well.
        if (!uri.getRequestUri().getRawPath().endsWith("/" + tile.path())) {
            throw Problem.notFound("tile").exception();
        }
        boolean isPublic =
                tile instanceof Tile.Hashes || gateway.parts().limits().entriesArePublic();
        if (!isPublic) {
            requireAuditor();
        }
        byte[] bytes = gateway.parts()
                .ledger()
                .tile(tile)
                .orElseThrow(() -> Problem.notFound("tile").exception());
        Response.ResponseBuilder answer = tile instanceof Tile.Hashes
                ? Response.ok(bytes, MediaType.APPLICATION_OCTET_STREAM)
                : bundle(bytes, headers.getRequestHeaders().getOrDefault(HttpHeaders.ACCEPT_ENCODING, List.of()));
        return answer.header(HttpHeaders.CACHE_CONTROL, isPublic ? FOR_EVER : "private, max-age=31536000, immutable")
                .build();
    }

    /** Hashes do not compress; entries do. */
    private static Response.ResponseBuilder bundle(byte[] bytes, List<String> accepted) {
        boolean isPacked = Gzip.isAccepted(accepted);
        Response.ResponseBuilder answer = Response.ok(
                        isPacked ? Gzip.compress(bytes) : bytes, MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return isPacked ? answer.header(HttpHeaders.CONTENT_ENCODING, Gzip.CODE) : answer;
    }

    /** What entries name by digest, and earlier checkpoints, as far as they are kept; called as an export calls them. */
    @GET
    @Path("{folder: holds|checkpoints|reports|timestamps}/{file: [0-9a-z.]{1,80}}")
    @RolesAllowed(Caller.AUDITOR)
    @Blocking
    public Response kept(@PathParam("folder") String folder, @PathParam("file") String file) {
        byte[] bytes = LogLayout.contentName(folder + "/" + file)
                .flatMap(name -> gateway.parts().ledger().content(name))
                .orElseThrow(() -> Problem.notFound("file").exception());
        return Response.ok(bytes, MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store") // texts can be erased
                .build();
    }

    private void requireAuditor() {
        if (identity.isAnonymous()) {
            throw new io.quarkus.security.UnauthorizedException();
        }
        if (!identity.hasRole(Caller.AUDITOR)) {
            throw new io.quarkus.security.ForbiddenException();
        }
    }
}
