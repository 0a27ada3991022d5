package io.holdfast.gate;

import io.holdfast.audit.CaseState;
import io.holdfast.audit.Event;
import io.holdfast.audit.PackageTrail;
import io.holdfast.audit.Stored;
import io.holdfast.bag.Encryption;
import io.holdfast.bag.Manifest;
import io.holdfast.legal.Decision;
import java.io.IOException;
import java.io.OutputStream;

/**
 * One package that is about to leave, and is recorded to. It is assembled while it is written out: nothing assembled is kept. A
 * hold or an objection that lands meanwhile ends it. For one thread, and once.
 */
public final class Handover {

    private final Gate gate;
    private final Packages packages;
    private final Case found;
    private final Stored begun;
    private final Manifest manifest;
    private final Packages.Recipient recipient;
    private long epoch;

    Handover(Gate gate, Packages packages, Case found, Stored begun, Manifest manifest, Packages.Recipient recipient) {
        this.gate = gate;
        this.packages = packages;
        this.found = found;
        this.begun = begun;
        this.manifest = manifest;
        this.recipient = recipient;
        this.epoch = begun.entry().envelope().epoch();
    }

    /** Such as {@code package-0198….zip.cms}: it names the request, and nobody. */
    public String fileName() {
        return manifest.folder() + (isEncrypted() ? ".zip.cms" : ".zip");
    }

    public boolean isEncrypted() {
        return recipient.certificate().isPresent();
    }

    /**
     * Writes it out, and records how that ended. Whatever is thrown, what went on its way is no whole package.
     *
     * @param out is flushed, and left open
     * @throws IOException if it could not be written, or may not any more
     */
    public void writeTo(OutputStream out) throws IOException {
        Watched watched = new Watched(out);
        Event.PassageEnd ended = Event.PassageEnd.CUT_OFF;
        try {
            if (recipient.certificate().isPresent()) {
                Encryption.encrypt(recipient.certificate().get(), gate.scribe().now(), watched, this::bag);
            } else {
                bag(watched);
            }
            ended = Event.PassageEnd.COMPLETE;
        } finally {
            passed(watched.isBegun ? manifest.items() : 0, ended);
        }
    }

    /** Records that nothing of it left. */
    void nothing() {
        passed(0, Event.PassageEnd.CUT_OFF);
    }

    private void bag(OutputStream out) throws IOException {
        PackageTrail.Current current = found.packages().current().orElseThrow();
        packages.write(found, current, manifest, out);
    }

    private void passed(long items, Event.PassageEnd ended) {
        gate.append(new GrantUse.Told(gate, found.id(), begun.index(), new Event.Passed(items, ended)));
    }

    /** Whether it may still leave: looked at whenever what is in force, or the case, may have changed. */
    private boolean stillStands() {
        long now = gate.ledger().standing().epoch();
        boolean stands = gate.find(found.id())
                .filter(it -> it.state() == CaseState.DELIVERED && !it.isBarred())
                .map(it -> it.decidedAgain(
                        gate.rulebook(), gate.ledger().standing(), gate.scribe().now()))
                .filter(again -> again.decision() instanceof Decision.Released released
                        && released.scope()
                                .granted()
                                .containsAll(found.packages()
                                        .current()
                                        .orElseThrow()
                                        .made()
                                        .categories()))
                .isPresent();
        epoch = now;
        return stands;
    }

    /** Lets bytes through as long as they may leave. */
    private final class Watched extends OutputStream {

        /** The case is read again before the first byte and after so many: an objection changes no epoch. */
        private static final int LOOK_AFTER_BYTES = 1 << 20;

        private final OutputStream out;
        private long sinceLook = LOOK_AFTER_BYTES;
        private boolean isBegun;

        Watched(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            sinceLook += length;
            if (gate.ledger().standing().epoch() != epoch || sinceLook > LOOK_AFTER_BYTES) {
                sinceLook = 0;
                if (!stillStands()) {
                    throw new IOException("what is in the package is not released any more");
                }
            }
            isBegun = true; // before the write: one that fails may have sent some of it
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
