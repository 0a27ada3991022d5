package io.holdfast.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of the package that was made for one request: there is one at most at a time. The rules answer with what should have
 * been; nothing means that all is well.
 */
public final class PackageTrail {

    private Optional<Current> current = Optional.empty();
    private final Map<Long, Integer> passing = new HashMap<>();

    /**
     * A package that is there.
     *
     * @param index of the entry that says so
     * @param downloads how often it was handed over
     */
    public record Current(long index, PackageEvent.Made made, int downloads, boolean isReceived) {

        /** Why it cannot be handed over once more at this time. */
        public Optional<Event.Blocked> blocked(Instant at) {
            if (!at.isBefore(made.until())) {
                return Optional.of(Event.Blocked.TOO_LATE);
            }
            return downloads < made.downloads() && !isReceived ? Optional.empty() : Optional.of(Event.Blocked.TOO_MANY);
        }

        private Current handedOver() {
            return new Current(index, made, downloads + 1, isReceived);
        }

        private Current received() {
            return new Current(index, made, downloads, true);
        }
    }

    /** The package that is there now. */
    public Optional<Current> current() {
        return current;
    }

    /** Why the one that is there is not kept any longer; nothing while it is. What is being handed over now may be handed over. */
    public Optional<PackageEvent.Because> over(Instant at) {
        return current.flatMap(it -> {
            if (it.isReceived()) {
                return Optional.of(PackageEvent.Because.RECEIVED);
            }
            if (!at.isBefore(it.made().until())) {
                return Optional.of(PackageEvent.Because.WINDOW_OVER);
            }
            return it.downloads() >= it.made().downloads() && passing.isEmpty()
                    ? Optional.of(PackageEvent.Because.DOWNLOADS_USED)
                    : Optional.empty();
        });
    }

    Optional<String> made(long index, PackageEvent.Made made, Instant at) {
        boolean isOther = current.isPresent();
        passing.clear();
        current = Optional.of(new Current(index, made, 0, false));
        if (isOther) {
            return Optional.of("nothing, since another package is there");
        }
        boolean isBounded = at.isBefore(made.until())
                && !made.until().isAfter(at.plus(PackageEvent.Made.LONGEST))
                && made.downloads() >= 1
                && made.downloads() <= PackageEvent.Made.MOST_DOWNLOADS;
        return isBounded
                ? Optional.empty()
                : Optional.of("one that waits " + PackageEvent.Made.LONGEST.toDays() + " days at most, for 1 to "
                        + PackageEvent.Made.MOST_DOWNLOADS + " downloads");
    }

    Optional<String> delivered(Stored stored, Event.Delivered delivered, Instant at) {
        Optional<String> should = handedOver(stored, 1, at);
        if (should.isPresent()) {
            return should;
        }
        PackageEvent.Made made = current.orElseThrow().made();
        boolean isThat = made.categories().equals(delivered.categories())
                && made.accounts() == delivered.accounts()
                && made.items() == delivered.items()
                && made.manifest().equals(delivered.digest());
        return isThat ? Optional.empty() : Optional.of("what the package has, which is another");
    }

    Optional<String> deliveredAgain(Stored stored, PackageEvent.DeliveredAgain again, Instant at) {
        return again.download() < 2
                ? Optional.of("the second time or a later one")
                : handedOver(stored, again.download(), at);
    }

    private Optional<String> handedOver(Stored stored, int download, Instant at) {
        Optional<String> other = answers(stored);
        if (other.isPresent()) {
            return other;
        }
        Current before = current.orElseThrow();
        current = Optional.of(before.handedOver());
        passing.put(stored.index(), before.made().items());
        return before.blocked(at)
                .map(why -> "blocked as " + why)
                .or(() -> download == before.downloads() + 1
                        ? Optional.empty()
                        : Optional.of("the time after " + before.downloads()));
    }

    Optional<String> received(Stored stored) {
        Optional<String> other = answers(stored);
        if (other.isPresent()) {
            return other;
        }
        Current before = current.orElseThrow();
        current = Optional.of(before.received());
        return before.downloads() > 0 && !before.isReceived()
                ? Optional.empty()
                : Optional.of("nothing, since it was not handed over, or was received before");
    }

    Optional<String> deleted(Stored stored, PackageEvent.Because because, Instant at) {
        Optional<String> other = answers(stored);
        if (other.isPresent()) {
            return other;
        }
        Current before = current.orElseThrow();
        Optional<PackageEvent.Because> why = over(at);
        current = Optional.empty();
        boolean isSo = switch (because) {
            case RECEIVED -> before.isReceived();
            case DOWNLOADS_USED -> before.downloads() >= before.made().downloads();
            case WINDOW_OVER -> !at.isBefore(before.made().until());
            case STOPPED -> true; // which decision stands, the state says
        };
        return isSo
                ? Optional.empty()
                : Optional.of(why.map(it -> "deleted as " + it.code()).orElse("kept, since nothing ends it"));
    }

    /** Shredding leaves nothing of it. */
    void shredded() {
        current = Optional.empty();
    }

    private Optional<String> answers(Stored stored) {
        OptionalLong previous = stored.entry().envelope().previous();
        return current.isPresent()
                        && previous.equals(OptionalLong.of(current.get().index()))
                ? Optional.empty()
                : Optional.of("nothing, since it answers no package that is there");
    }

    /** @return whether it ends a handing over that is open, with no more than the package has */
    boolean passed(OptionalLong begun, Event.Passed passed) {
        Integer most = begun.isPresent() ? passing.remove(begun.getAsLong()) : null;
        return most != null && passed.items() <= most;
    }
}
