package io.holdfast.note;

/** Signs notes under a name with an Ed25519 key. Safe for many threads. */
public final class NoteSigner {
    private final VerifierKey verifierKey;
    private final Ed25519Key key;

    public NoteSigner(String name, Ed25519Key key) {
        this.verifierKey = VerifierKey.of(name, key.publicKey());
        this.key = key;
    }

    /**
     * A signature over this text, and over nothing but it: whether the text may be signed is for the caller to know.
     */
    public NoteSignature sign(String text) {
        return new NoteSignature(verifierKey.label(), key.sign(NoteText.bytes(text)));
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    @Override
    public String toString() {
        return "signer " + verifierKey.label();
    }
}
