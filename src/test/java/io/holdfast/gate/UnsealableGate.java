package io.holdfast.gate;

import io.holdfast.fixture.KeyService;
import io.holdfast.fixture.MemoryShelf;
import io.holdfast.vault.Vault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** A gate whose key service has just gone down. */
public final class UnsealableGate implements AutoCloseable {

    private final WorkingGate work;

    private UnsealableGate(WorkingGate work) {
        this.work = work;
    }

    public static UnsealableGate open(Path folder) throws IOException {
        try (KeyService service = KeyService.start("kms.example:holdfast/1")) {
            Vault vault = Vault.open(service.client(), new MemoryShelf(), Instant.EPOCH, Optional.empty());
            return new UnsealableGate(WorkingGate.open(folder.resolve("data"), vault));
        }
    }

    /** Fails, since nothing can be sealed. */
    public void submit() {
        work.submit(work.warrant(Set.of(WorkingGate.HK), "account-1"));
    }

    @Override
    public void close() {
        work.whole();
        work.close();
    }
}
