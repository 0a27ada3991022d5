package io.holdfast.gate;

import java.util.Optional;
import java.util.function.Supplier;

/** How what was released gets to its sender: collected, packed, handed over, taken away. */
public final class Fulfilment {

    private final Delivery delivery;
    private final PackageDesk desk;
    private final OpenPackages open;

    /**
     * @param published the newest checkpoint that outsiders can see
     * @param letter what lies on top of a package
     * @param certificates whom a package can be encrypted for
     */
    public Fulfilment(
            Gate gate,
            Collector collector,
            Witnesses witnesses,
            Supplier<Optional<byte[]>> published,
            CoverLetter letter,
            Certificates certificates,
            PackageTerms terms) {
        Packages packages = new Packages(gate, collector, letter, published, certificates);
        this.delivery = new Delivery(gate, collector, packages, witnesses, terms);
        this.desk = new PackageDesk(gate, packages, collector, witnesses);
        this.open = new OpenPackages(gate, delivery, desk, collector);
    }

    public Delivery delivery() {
        return delivery;
    }

    public PackageDesk desk() {
        return desk;
    }

    /** For one thread. */
    public OpenPackages open() {
        return open;
    }
}
