package io.holdfast.note;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.holdfast.fixture.TestAuthority;
import io.holdfast.tlog.Hash;
import io.holdfast.tlog.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampAuthorityTest {

    private static final Checkpoint CHECKPOINT = new Checkpoint("holdfast.test/log", 7, Hash.leaf(new byte[] {1}));
    private static final Checkpoint OTHER = new Checkpoint("holdfast.test/log", 8, Hash.leaf(new byte[] {1}));

    private static final TestAuthority HONEST = TestAuthority.of("EC");

    private static TimestampRequest request() {
        return TimestampRequest.of(CHECKPOINT, Optional.empty());
    }

    private static byte[] response(TestAuthority by) {
        return by.answer(request().bytes());
    }

    private static String refused(TimestampAuthority authority, Checkpoint checkpoint, byte[] response) {
        return assertThrows(UntrustedException.class, () -> authority.verify(checkpoint, response))
                .getMessage();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void an_answer_is_believed_and_a_kept_one_too(String algorithm) {
        TestAuthority by = TestAuthority.of(algorithm);
        TimestampRequest request = request();
        byte[] response = by.answer(request.bytes());

        Timestamp timestamp = by.trusted().answer(request, response);

        assertEquals(by.at.truncatedTo(ChronoUnit.SECONDS), timestamp.at().truncatedTo(ChronoUnit.SECONDS));
        assertEquals(TestAuthority.POLICY, timestamp.policy());
        assertEquals(timestamp, by.trusted().verify(CHECKPOINT, response));
        assertEquals(
                timestamp,
                TimestampAuthority.of(by.ownPem(), Optional.of(TestAuthority.POLICY))
                        .verify(CHECKPOINT, response));
    }

    @Test
    void one_of_several_trusted_authorities_is_enough() {
        byte[] both = (new String(TestAuthority.of("EC").rootPem(), StandardCharsets.US_ASCII)
                        + new String(HONEST.rootPem(), StandardCharsets.US_ASCII))
                .getBytes(StandardCharsets.US_ASCII);

        TimestampAuthority.of(both, Optional.empty()).verify(CHECKPOINT, response(HONEST));
    }

    @Test
    void the_answer_to_another_request_is_refused() {
        String message = assertThrows(
                        UntrustedException.class, () -> HONEST.trusted().answer(request(), response(HONEST)))
                .getMessage();

        assertTrue(message.contains("nonce"), message);
    }

    @Test
    void a_stamp_of_another_checkpoint_is_refused() {
        assertTrue(refused(HONEST.trusted(), OTHER, response(HONEST)).contains("of something else"));
    }

    @Test
    void a_stamp_of_another_authority_is_refused() {
        assertTrue(refused(HONEST.trusted(), CHECKPOINT, response(TestAuthority.of("EC")))
                .contains("does not lead to one that is trusted"));
    }

    @Test
    void a_stamp_under_another_policy_is_refused() {
        String message = refused(
                TimestampAuthority.of(HONEST.rootPem(), Optional.of("1.2.3.4.2")), CHECKPOINT, response(HONEST));

        assertTrue(message.contains("under policy 1.2.3.4.1, expected 1.2.3.4.2"), message);
    }

    @Test
    void a_certificate_that_is_for_something_else_stamps_nothing() {
        byte[] response = HONEST.answerAsServer(request().bytes());

        assertTrue(refused(HONEST.trusted(), CHECKPOINT, response).contains("does not hold"));
    }

    @Test
    void a_certificate_that_had_ended_stamps_nothing() {
        TestAuthority expired = TestAuthority.expired();
        assertTrue(refused(expired.trusted(), CHECKPOINT, response(expired)).contains("does not hold"));

        expired.at = Instant.now().minus(Duration.ofHours(2));
        expired.trusted().verify(CHECKPOINT, response(expired));
    }

    @Test
    void a_stamp_without_the_certificate_is_refused() throws IOException {
        byte[] request = new TimeStampRequestGenerator()
                .generate(
                        TSPAlgorithms.SHA256,
                        TimestampAuthority.imprint(CHECKPOINT).bytes())
                .getEncoded();

        assertTrue(refused(HONEST.trusted(), CHECKPOINT, HONEST.answer(request)).contains("did not come"));
    }

    @Test
    void a_refusal_is_no_stamp() throws IOException {
        byte[] sha1 = new TimeStampRequestGenerator()
                .generate(new org.bouncycastle.asn1.ASN1ObjectIdentifier("1.2.3"), new byte[20])
                .getEncoded();

        assertTrue(refused(HONEST.trusted(), CHECKPOINT, HONEST.answer(sha1)).contains("refused to stamp it"));
    }

    @Test
    void what_was_changed_is_refused_or_says_the_same() {
        byte[] whole = response(HONEST);
        Timestamp timestamp = HONEST.trusted().verify(CHECKPOINT, whole);
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int refused = 0;
        for (int round = 0; round < 600; round++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                assertEquals(timestamp, HONEST.trusted().verify(CHECKPOINT, changed));
            } catch (MalformedException | UntrustedException e) {
                refused++;
            }
        }
        assertTrue(refused > 500, "only " + refused + " of 600 were refused");
    }

    @Test
    void what_was_cut_short_or_made_longer_is_refused() {
        byte[] whole = response(HONEST);
        for (int length = 0; length < whole.length; length += 7) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(MalformedException.class, () -> HONEST.trusted().verify(CHECKPOINT, cut));
        }
        assertThrows(
                MalformedException.class,
                () -> HONEST.trusted().verify(CHECKPOINT, Arrays.copyOf(whole, whole.length + 1)));
        assertThrows(
                MalformedException.class,
                () -> HONEST.trusted().verify(CHECKPOINT, new byte[TimestampAuthority.MOST_BYTES + 1]));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void what_holds_no_certificate_is_refused(String pem) {
        assertThrows(
                MalformedException.class,
                () -> TimestampAuthority.of(pem.getBytes(StandardCharsets.US_ASCII), Optional.empty()));
    }

    @Test
    void a_policy_is_an_object_identifier() {
        assertThrows(
                MalformedException.class, () -> TimestampAuthority.of(HONEST.rootPem(), Optional.of("everything")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void openssl_verifies_the_same_bytes(String algorithm, @TempDir Path folder) throws Exception {
        TestAuthority by = TestAuthority.of(algorithm);
        Files.writeString(folder.resolve("checkpoint"), CHECKPOINT.text());
        Files.write(folder.resolve("response.tsr"), response(by));
        Files.write(folder.resolve("root.pem"), by.rootPem());

        assertEquals(0, openssl(folder), "openssl finds it right");

        Files.writeString(folder.resolve("checkpoint"), OTHER.text());
        assertEquals(1, openssl(folder), "and of another checkpoint wrong");
    }

    private static int openssl(Path folder) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                "openssl", "ts", "-verify", "-data", "checkpoint", "-in", "response.tsr", "-CAfile", "root.pem");
        Process process;
        try {
            process = command.directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
        } catch (IOException e) {
            assumeTrue(false, "there is no openssl here");
            throw e;
        }
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return process.exitValue();
    }
}
