package io.holdfast.proxies;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.CallerIssuer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Grants that are bound to certificates, where a real proxy ends TLS and tells the gateway whose certificate it saw. */
class ClientCertificatesIT {

    private static final String PROFILE = "/users/" + Guard.ACCOUNT + "/profile";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @EnumSource(
            value = Proxy.class,
            names = {"NGINX", "HAPROXY", "ENVOY_GRPC"})
    void a_grant_is_for_the_holder_of_its_certificate_and_for_nobody_who_only_says_so(Proxy which) throws Exception {
        if (which.installed().isEmpty()) {
            String missing = "NOT TESTED: " + which + " is not installed here. See deploy/proxies/README.md.";
            System.out.println("\n!!! " + missing + "\n");
            Assumptions.abort(missing);
        }
        Path folder = temporary.resolve("proxy");
        Certificates certificates = new Certificates(folder, List.of("holder", "other"));
        certificates.make("stranger");
        int port = Program.freePort();
        try (CountingStore store = new CountingStore();
                Guard guard = new Guard(temporary.resolve("gateway"), which.dialect());
                Program program = which.startWithTls(folder, port, guard.port(), store.port())) {
            program.awaitPort(port);
            String id = guard.released("US");
            String grant = guard.grantFor(id, certificates.thumbprint("holder"));
            byte[] der = certificates.der("holder");
            List<String> forged = List.of(
                    "",
                    "Client-Cert: " + CallerIssuer.header(der) + "\r\n",
                    "client-cert: " + CallerIssuer.header(der) + "\r\nClient-Cert: " + CallerIssuer.header(der)
                            + "\r\n",
                    "Client_Cert: " + CallerIssuer.header(der) + "\r\n",
                    "Client-Cert: " + escaped(der) + "\r\n",
                    "X-SSL-Client-Cert: " + escaped(der) + "\r\n");
            for (String headers : forged) {
                for (String client : List.of("", "other", "stranger")) {
                    Optional<String> name = Optional.of(client).filter(it -> !it.isEmpty());
                    Client.Answer answer =
                            new Client(port, certificates.client(name)).get(PROFILE, headers + of(grant));
                    assertFalse(answer.hasData(), () -> which + ", " + client + ": " + answer.text());
                    assertTrue(answer.status() < 200 || answer.status() >= 300, answer::text);
                }
            }
            assertEquals(0, store.served());
            Client holder = new Client(port, certificates.client(Optional.of("holder")));
            // The header says another; what the proxy saw counts. Over gRPC the gateway sees both, and refuses who says
            // so much.
            String other = "Client-Cert: " + CallerIssuer.header(certificates.der("other")) + "\r\n";
            boolean seesBoth = which.dialect().equals(Proxy.OVER_GRPC);
            assertFalse(seesBoth && holder.get(PROFILE, other + of(grant)).hasData());
            Client.Answer answer = holder.get(PROFILE, (seesBoth ? "" : other) + of(grant));
            assertEquals(200, answer.status(), () -> which + ": " + answer.text());
            assertTrue(answer.hasData());
            assertFalse(holder.get(PROFILE, of(grant)).hasData());
            assertTrue(new Client(port, certificates.client(Optional.empty()))
                    .get(PROFILE, of(guard.grant(id)))
                    .hasData());
            assertEquals(2, store.served());
            assertFalse(store.calls().stream().anyMatch(call -> call.has("client-cert")));
            System.out.println("ClientCertificatesIT: " + which.name().toLowerCase(Locale.ROOT) + ", "
                    + 3 * forged.size() + " calls of others, 0 served; its holder's was");
        }
    }

    private static String of(String grant) {
        return "Holdfast-Grant: " + grant + "\r\n";
    }

    /** As nginx writes a certificate into a header. */
    private static String escaped(byte[] der) {
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END CERTIFICATE-----\n";
        return URLEncoder.encode(pem, StandardCharsets.US_ASCII).replace("+", "%20");
    }
}
