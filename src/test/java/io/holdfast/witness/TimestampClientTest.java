package io.holdfast.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.holdfast.fixture.TestAuthority;
import io.holdfast.fixture.TestAuthority.Reply;
import io.holdfast.note.Checkpoint;
import io.holdfast.note.TimestampAuthority;
import io.holdfast.tlog.Hash;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimestampClientTest {

    private static final Checkpoint CHECKPOINT = new Checkpoint("holdfast.test/log", 7, Hash.leaf(new byte[] {1}));
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final TestAuthority authority = TestAuthority.of("EC");
    private URI url;

    @BeforeEach
    void serve() throws IOException {
        url = URI.create(authority.serve());
    }

    @AfterEach
    void close() {
        authority.close();
    }

    private TimestampClient client(String policy) {
        return new TimestampClient(
                url, TimestampAuthority.of(authority.rootPem(), Optional.of(policy)), Optional.of(policy), LIMIT);
    }

    private String refused(TimestampClient client) {
        return assertThrows(TimestampClient.FailedException.class, () -> client.stamp(CHECKPOINT))
                .getMessage();
    }

    @Test
    void an_honest_authority_stamps() throws Exception {
        byte[] response = client(TestAuthority.POLICY).stamp(CHECKPOINT);

        authority.trusted().verify(CHECKPOINT, response);
        assertEquals(1, authority.asked.get());
    }

    @Test
    void an_authority_that_answers_something_else_has_not_stamped() {
        TimestampClient client = client(TestAuthority.POLICY);
        authority.distort = reply -> new Reply(500, reply.type(), reply.body(), false);
        assertTrue(refused(client).contains("status 500"));
        authority.distort = reply -> new Reply(200, "text/html", reply.body(), false);
        assertTrue(refused(client).contains("text/html"));
        authority.distort = reply -> Reply.of(new byte[] {1, 2, 3});
        assertTrue(refused(client).contains("RFC 3161"));
        authority.distort = reply -> Reply.of(new byte[TimestampAuthority.MOST_BYTES + 1]);
        assertTrue(refused(client).contains("longer than"));
    }

    @Test
    void an_old_answer_is_not_taken_for_a_new_one() throws Exception {
        TimestampClient client = client(TestAuthority.POLICY);
        byte[] old = client.stamp(CHECKPOINT);
        authority.distort = reply -> Reply.of(old);

        assertTrue(refused(client).contains("nonce"));
    }

    @Test
    void an_authority_that_works_under_another_policy_refuses_or_is_refused() {
        TimestampClient client = new TimestampClient(
                url, TimestampAuthority.of(authority.rootPem(), Optional.of("1.2.3.4.2")), Optional.empty(), LIMIT);

        assertTrue(refused(client).contains("under policy 1.2.3.4.1"));
    }

    @Test
    void an_authority_that_trickles_is_given_up() {
        authority.distort = Reply::stalling;
        long start = System.nanoTime();

        assertTrue(refused(client(TestAuthority.POLICY)).contains("did not answer within"));

        assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(LIMIT.multipliedBy(5)) < 0);
    }

    @Test
    void an_authority_that_is_not_there_is_told() {
        authority.close();

        assertTrue(refused(client(TestAuthority.POLICY)).contains("cannot be asked"));
    }
}
