package io.holdfast.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.holdfast.fixture.SettableClock;
import io.holdfast.note.Ed25519Key;
import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar of a store that knows nothing else of Holdfast, with the three libraries that it names, and alone with them. */
class GrantVerifierJarIT {

    private static final List<String> LIBRARIES =
            List.of("bcprov-jdk18on", "jackson-core", "jackson-databind", "jackson-annotations");

    @TempDir
    Path temporary;

    private static List<URL> classPath() throws Exception {
        Path target = Path.of(System.getProperty("holdfast.jar")).getParent().getParent();
        List<URL> urls = new ArrayList<>();
        try (Stream<Path> files = Files.list(target)) {
            urls.add(files.filter(file -> file.getFileName().toString().endsWith("-grant-verifier.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toUri()
                    .toURL());
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (LIBRARIES.stream()
                    .anyMatch(name -> Path.of(entry).getFileName().toString().startsWith(name + "-"))) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        assertEquals(1 + LIBRARIES.size(), urls.size(), urls::toString);
        return urls;
    }

    @Test
    void a_store_with_the_jar_alone_takes_a_grant_once_and_no_other_account() throws Exception {
        SettableClock clock = new SettableClock(Instant.now().truncatedTo(ChronoUnit.SECONDS));
        try (WorkingGate work = WorkingGate.open(temporary.resolve("data"), clock);
                URLClassLoader alone =
                        new URLClassLoader(classPath().toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Grants grants = new Grants(
                    work.gate,
                    "store",
                    work.log.grantKeys(),
                    Witnesses.NONE,
                    () -> Optional.of(work.log.ledger().checkpoint()));
            Grants.Issue.Issued issued = (Grants.Issue.Issued) grants.issue(
                            work.released(),
                            new Grants.Wish("store", Set.of(), Set.of(), Duration.ofMinutes(1), Optional.empty()))
                    .orElseThrow();

            Object verifier = verifier(
                    alone,
                    work.log.signer().verifierKey().toString(),
                    work.log.grantKeys().get(0));

            assertEquals("Refused[because=BEYOND_ACCOUNTS]", use(alone, verifier, issued.token(), "account-2", clock));
            assertEquals(
                    "Good[grant=Grant[" + issued.grant().id() + "]]",
                    use(alone, verifier, issued.token(), "account-1", clock));
            assertEquals("Refused[because=USED]", use(alone, verifier, issued.token(), "account-1", clock));
            work.whole();
        }
    }

    private static Object verifier(ClassLoader alone, String logKey, Ed25519Key grantKey) throws Exception {
        Class<?> verifierKey = alone.loadClass("io.holdfast.note.VerifierKey");
        Class<?> trustPolicy = alone.loadClass("io.holdfast.note.TrustPolicy");
        Class<?> publicKey = alone.loadClass("io.holdfast.note.Ed25519PublicKey");
        Class<?> used = alone.loadClass("io.holdfast.grant.UsedGrants");
        Object policy = trustPolicy
                .getMethod("ofKeys", Collection.class)
                .invoke(
                        null,
                        List.of(verifierKey.getMethod("parse", String.class).invoke(null, logKey)));
        Object key = publicKey.getMethod("of", byte[].class).invoke(null, (Object)
                grantKey.publicKey().bytes());
        Constructor<?> make = alone.loadClass("io.holdfast.grant.GrantVerifier")
                .getConstructor(trustPolicy, List.class, String.class, used, Instant.class);
        return make.newInstance(
                policy,
                List.of(key),
                "store",
                used.getMethod("inMemory", int.class).invoke(null, 100),
                Instant.EPOCH);
    }

    private static String use(ClassLoader alone, Object verifier, String token, String account, SettableClock clock)
            throws Exception {
        Object whose = alone.loadClass("io.holdfast.grant.GrantScope$Account")
                .getConstructor(String.class, String.class)
                .newInstance("USER-ID", account);
        Class<?> asked = alone.loadClass("io.holdfast.grant.Asked");
        Object what = asked.getConstructor(Optional.class, Set.class, Set.class, Optional.class)
                .newInstance(Optional.empty(), Set.of(whose), Set.of("SUBSCRIBER"), Optional.empty());
        Method use = verifier.getClass().getMethod("use", String.class, asked, Instant.class);
        return use.invoke(verifier, token, what, clock.instant()).toString();
    }
}
