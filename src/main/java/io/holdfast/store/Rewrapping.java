package io.holdfast.store;

import io.holdfast.audit.Progress;
import io.holdfast.vault.Shelf;
import io.holdfast.vault.Vault;
import io.holdfast.vault.WrappedKey;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Puts every wrapped key under the newest master key, a batch at a time, while the gateway works. Each batch is one short
 * transaction; so it can be broken off anywhere, by a crash too, and the next run goes on with what is left. Several
 * processes may do it at once.
 *
 * <p>When it has run to its end, no master key but the newest is needed by anything that was wrapped before it began.
 */
public final class Rewrapping {

    private static final int BATCH = 200;

    private final Vault vault;
    private final KeptKeys kept;

    public Rewrapping(Vault vault, KeptKeys kept) {
        this.vault = vault;
        this.kept = kept;
    }

    /**
     * @param progress told after each batch, how many of how many
     * @param goOn asked before each batch
     * @return how many case keys were wrapped anew
     * @throws io.holdfast.vault.KeyUnavailableException if a master key cannot be used now
     * @throws io.holdfast.vault.CannotOpenException if the master key of one is not here
     */
    public long run(Progress progress, BooleanSupplier goOn) {
        String newest = vault.newestMasterKey();
        List<KeptKeys.Share> old = kept.shares().stream()
                .filter(share -> !share.master().equals(newest))
                .toList();
        long total = old.stream().mapToLong(KeptKeys.Share::keys).sum();
        long done = 0;
        for (KeptKeys.Share share : old) {
            List<KeptKeys.Held> batch = kept.under(share.master(), BATCH);
            while (!batch.isEmpty() && goOn.getAsBoolean()) {
                kept.replace(share.master(), batch.stream().map(this::anew).toList());
                done += batch.size();
                progress.at(done, Math.max(done, total));
                batch = kept.under(share.master(), BATCH);
            }
        }
        ownSecrets(newest);
        if (done > 0) {
            kept.sweep();
        }
        return done;
    }

    private KeptKeys.Held anew(KeptKeys.Held held) {
        return new KeptKeys.Held(held.caseId(), checked(vault.rewrapped(held.caseId(), held.wrapped())));
    }

    private void ownSecrets(String newest) {
        List<Shelf.Kept> old = kept.secrets().stream()
                .filter(secret -> !KeptKeys.masterOf(secret.wrapped()).equals(newest))
                .map(vault::rewrapped)
                .toList();
        old.forEach(secret -> checked(secret.wrapped()));
        kept.replace(old);
    }

    /** One that is not under the newest master key would be met again for ever. */
    private WrappedKey checked(WrappedKey wrapped) {
        if (!KeptKeys.masterOf(wrapped).equals(vault.newestMasterKey())) {
            throw new IllegalStateException("the master key changed while keys were wrapped under it");
        }
        return wrapped;
    }
}
