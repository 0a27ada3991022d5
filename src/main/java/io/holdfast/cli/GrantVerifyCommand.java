package io.holdfast.cli;

import io.holdfast.audit.Base64Url;
import io.holdfast.audit.UnreadableException;
import io.holdfast.grant.Asked;
import io.holdfast.grant.Grant;
import io.holdfast.grant.GrantScope;
import io.holdfast.grant.GrantToken;
import io.holdfast.grant.GrantVerifier;
import io.holdfast.grant.GrantVerifier.Verdict;
import io.holdfast.grant.UsedGrants;
import io.holdfast.note.Ed25519PublicKey;
import io.holdfast.tlog.MalformedException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Checks a grant as a store would, with the keys that you have, and asks nobody.",
            "Exits with 1 if it does not cover what is asked for. Whether it was used before, only the store knows."
        })
final class GrantVerifyCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "FILE", description = "The grant; - for standard input.")
    private String file;

    @Option(
            names = "--grant-key",
            paramLabel = "X",
            required = true,
            description =
                    "A key that signs grants, 32 bytes in base64url; can be given again. `holdfast key list` has it.")
    private List<String> grantKeys;

    @Option(
            names = "--audience",
            paramLabel = "NAME",
            defaultValue = "user-data-store",
            description = "What the store is called; ${DEFAULT-VALUE} by default.")
    private String audience;

    @Option(
            names = "--account",
            paramLabel = "KIND:VALUE",
            required = true,
            description = "Whose data is asked for, for example USER-ID:account-1.")
    private String account;

    @Option(
            names = "--category",
            paramLabel = "CATEGORY",
            required = true,
            description = "A category of data that is asked for; can be given again.")
    private List<String> categories;

    @Option(names = "--holder", paramLabel = "THUMBPRINT", description = "The SHA-256 of the client certificate shown.")
    private String holder;

    @Mixin
    private TrustOptions trust;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        String token = new String(LocalFile.read(file, GrantToken.MOST_CHARS), StandardCharsets.US_ASCII).strip();
        GrantVerifier verifier =
                new GrantVerifier(trust.anchors().policy(), keys(), audience, UsedGrants.inMemory(1), Instant.EPOCH);
        Verdict verdict = verifier.use(token, asked(), Instant.now());
        if (verdict instanceof Verdict.Refused refused) {
            throw new CommandFailure(
                    ExitCode.CHECK_FAILED,
                    refused.because() + ": " + refused.because().sentence());
        }
        Grant grant = ((Verdict.Good) verdict).grant();
        output.print(
                new Table()
                        .row("good until", grant.until())
                        .row("request", grant.request())
                        .row("log", grant.issuer())
                        .row("categories", String.join(", ", grant.scope().categories()))
                        .row("accounts", grant.scope().accounts().size())
                        .lines(),
                Json.object()
                        .put("until", grant.until().toString())
                        .put("request", grant.request())
                        .put("log", grant.issuer())
                        .put("accounts", grant.scope().accounts().size()));
        return ExitCode.OK;
    }

    private Asked asked() {
        int colon = account.indexOf(':');
        if (colon < 1) {
            throw new CommandFailure(ExitCode.USAGE, "--account must be a kind, a colon and a value");
        }
        GrantScope.Account whose = new GrantScope.Account(account.substring(0, colon), account.substring(colon + 1));
        return new Asked(Optional.ofNullable(holder), Set.of(whose), Set.copyOf(categories), Optional.empty());
    }

    private List<Ed25519PublicKey> keys() {
        try {
            return grantKeys.stream()
                    .map(text -> Ed25519PublicKey.of(Base64Url.parse("--grant-key", text)))
                    .toList();
        } catch (UnreadableException | MalformedException e) {
            throw new CommandFailure(ExitCode.USAGE, "--grant-key must be 32 bytes of an Ed25519 key in base64url");
        }
    }
}
