package io.holdfast.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.audit.CanonicalJson;
import io.holdfast.audit.Disclosure;
import io.holdfast.audit.Ledger;
import io.holdfast.audit.Sealed;
import io.holdfast.audit.Stored;
import io.holdfast.vault.CannotOpenException;
import io.holdfast.vault.CaseKey;
import io.holdfast.vault.KeyUnavailableException;
import io.holdfast.vault.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens what an entry sealed. Whoever calls this has appended the entry that permits it. */
final class CaseFile {

    private CaseFile() {}

    /** @return nothing if the entry sealed nothing, or its case has been shredded */
    static Optional<CaseKey> key(Ledger ledger, Vault vault, Stored entry) {
        return key(ledger, vault, entry.index());
    }

    /** @param index of the entry */
    static Optional<CaseKey> key(Ledger ledger, Vault vault, long index) {
        return ledger.sealed(index).map(part -> key(vault, part));
    }

    private static CaseKey key(Vault vault, Sealed part) {
        try {
            return vault.caseKey(part.caseId(), part.wrappedKey());
        } catch (KeyUnavailableException e) {
            throw new VaultUnavailableException(e);
        }
    }

    /**
     * @return every disclosure of the entry; empty if it sealed nothing or its case has been shredded
     * @throws CannotOpenException if the box was changed
     * @throws VaultUnavailableException if nothing can be opened now
     */
    static List<Disclosure> open(Ledger ledger, Vault vault, Stored entry) {
        Optional<Sealed> sealed = ledger.sealed(entry.index());
        if (sealed.isEmpty()) {
            return List.of();
        }
        byte[] plain = key(vault, sealed.get())
                .openSecret(entry.entry().envelope().id(), sealed.get().box());
        List<Disclosure> disclosures = new ArrayList<>();
        for (JsonNode text : CanonicalJson.readAny("a sealed part", plain)) {
            disclosures.add(Disclosure.parse(text.asText()));
        }
        return disclosures;
    }
}
