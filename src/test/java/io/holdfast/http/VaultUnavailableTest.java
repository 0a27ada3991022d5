package io.holdfast.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.holdfast.gate.UnsealableGate;
import io.holdfast.gate.VaultUnavailableException;
import jakarta.ws.rs.core.Response;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller is told while the master key is out of reach. */
class VaultUnavailableTest {

    @TempDir
    Path temporary;

    @Test
    void a_caller_gets_503_and_is_not_told_where_the_key_is_kept() throws Exception {
        try (UnsealableGate gate = UnsealableGate.open(temporary)) {
            VaultUnavailableException refused = assertThrows(VaultUnavailableException.class, gate::submit);

            for (Response answer : new Response[] {
                new ProblemMappers().vault(refused), new ProblemMappers().completion(new CompletionException(refused))
            }) {
                Problem problem = (Problem) answer.getEntity();
                assertEquals(503, answer.getStatus());
                assertEquals("/problems/vault-unavailable", problem.type());
                assertFalse(problem.toString().contains("kms.example"), problem.toString());
            }
        }
    }
}
