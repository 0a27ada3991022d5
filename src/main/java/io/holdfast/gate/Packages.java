package io.holdfast.gate;

import io.holdfast.audit.Event;
import io.holdfast.audit.PackageTrail;
import io.holdfast.audit.PublishedProof;
import io.holdfast.audit.Stored;
import io.holdfast.bag.BagWriter;
import io.holdfast.bag.Manifest;
import io.holdfast.bag.PackageFile;
import io.holdfast.bag.PackageProof;
import io.holdfast.bag.RecipientCertificate;
import io.holdfast.bag.Sha512;
import io.holdfast.legal.DataCategory;
import io.holdfast.legal.Decision;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What a package is made of: the pages that were collected, the letter, and whom it is encrypted for. Appends nothing. */
final class Packages {

    private static final String LETTER = "letter.txt";

    private final Gate gate;
    private final Collector collector;
    private final CoverLetter letter;
    private final Supplier<Optional<byte[]>> published;
    private final Certificates certificates;

    /** @param published the newest checkpoint that outsiders can see */
    Packages(
            Gate gate,
            Collector collector,
            CoverLetter letter,
            Supplier<Optional<byte[]>> published,
            Certificates certificates) {
        this.gate = gate;
        this.collector = collector;
        this.letter = letter;
        this.published = published;
        this.certificates = certificates;
    }

    /** Who may open it: a certificate, or whoever has it. */
    record Recipient(Optional<RecipientCertificate> certificate) {}

    /** @return nothing if there is no certificate that anything can be encrypted for now, and the rulebook wants one */
    Optional<Recipient> recipient(Case found) {
        Optional<RecipientCertificate> certificate = gate.sender(found)
                .flatMap(certificates::of)
                .filter(it -> it.objection(gate.scribe().now()).isEmpty());
        boolean mayBeClear = found.decision() instanceof Decision.Released released
                && released.obligations().unencrypted();
        return certificate.isPresent() || mayBeClear ? Optional.of(new Recipient(certificate)) : Optional.empty();
    }

    /** The same that it was made for. */
    Optional<Recipient> recipient(Case found, PackageTrail.Current current) {
        return recipient(found)
                .filter(it -> it.certificate()
                        .map(RecipientCertificate::fingerprint)
                        .equals(current.made().recipient()));
    }

    /** Puts the letter to what was collected. @return nothing if the case was shredded meanwhile */
    Optional<Manifest> pack(Case found, Stored accessed, Collector.Result.Collected collected) {
        return collector
                .attach(found, accessed, LETTER, letter.write(found))
                .map(attached -> manifest(found, accessed, collected, attached));
    }

    /** What is in the package that is there; nothing if its parts are not, or not all of them. */
    Optional<Manifest> manifest(Case found, PackageTrail.Current current) {
        Stored accessed = accessed(found, current);
        return collector
                .collected(found, accessed)
                .flatMap(collected -> collector
                        .attached(found, accessed, LETTER)
                        .map(attached -> manifest(found, accessed, collected, attached)))
                .filter(manifest -> manifest.digest().equals(current.made().manifest()));
    }

    private Manifest manifest(
            Case found, Stored accessed, Collector.Result.Collected collected, Collector.Part attached) {
        Event.Accessed event = (Event.Accessed) accessed.entry().event();
        SealedRequest.Wanted wanted = SealedRequest.Wanted.of(
                CaseFile.open(gate.ledger(), gate.scribe().vault(), found.first()));
        List<PackageFile> files = new ArrayList<>();
        files.add(file(attached));
        collected.parts().forEach(part -> files.add(file(part)));
        files.sort(Comparator.comparing(PackageFile::name));
        TreeSet<String> codes = new TreeSet<>();
        event.categories().stream().map(DataCategory::code).forEach(codes::add);
        return new Manifest(
                found.id(),
                accessed.entry().envelope().previous().orElseThrow(),
                codes,
                wanted.from(),
                wanted.to(),
                event.accounts(),
                collected.accounts(),
                collected.items(),
                files);
    }

    private static PackageFile file(Collector.Part part) {
        return new PackageFile(part.name(), part.size(), new Sha512(part.sha512()));
    }

    /** Writes the bag of the package that is there. */
    void write(Case found, PackageTrail.Current current, Manifest manifest, OutputStream out) throws IOException {
        Stored accessed = accessed(found, current);
        Map<String, Collector.Part> parts = new HashMap<>();
        collector
                .collected(found, accessed)
                .ifPresent(collected -> collected.parts().forEach(part -> parts.put(part.name(), part)));
        collector.attached(found, accessed, LETTER).ifPresent(part -> parts.put(part.name(), part));
        Stored made = entry(found, current.index());
        PackageProof proof = new PackageProof(
                made.entry().leaf(),
                PublishedProof.of(gate.ledger(), published.get(), made.index()).orElseThrow());
        BagWriter.write(
                manifest,
                proof,
                file -> Optional.ofNullable(parts.get(file.name()))
                        .flatMap(part -> collector.open(found, part))
                        .orElseThrow(() -> new FileNotFoundException(file.name() + " is no longer there")),
                out);
    }

    /** The entry that permitted to read what is in it. */
    static Stored accessed(Case found, PackageTrail.Current current) {
        return entry(
                found,
                entry(found, current.index()).entry().envelope().previous().orElseThrow());
    }

    private static Stored entry(Case found, long index) {
        return found.entries().stream()
                .filter(stored -> stored.index() == index)
                .findFirst()
                .orElseThrow();
    }
}
