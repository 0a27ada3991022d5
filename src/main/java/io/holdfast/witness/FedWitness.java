package io.holdfast.witness;

import io.holdfast.note.KeyLabel;
import io.holdfast.note.NoteSignature;
import io.holdfast.note.OpenedNote;
import io.holdfast.note.SignedNote;
import io.holdfast.note.UntrustedException;
import io.holdfast.note.VerifierKey;
import io.holdfast.tlog.Canonical;
import io.holdfast.tlog.MalformedException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * One witness, as the log sees it: where it is, its keys, and what it is known to have cosigned last. It is not trusted:
 * what it answers is checked before anything comes of it. Asked one thing at a time.
 */
final class FedWitness {
    private static final int MOST_TRIES_MORE = 3;
    private static final int MOST_ANSWER = 64 * 1024;

    private final String name;
    private final List<VerifierKey> keys;
    private final URI addCheckpoint;
    private final HttpClient client;
    private final Duration limit;
    private final Clock clock;

    /** Learned from its answers; not kept, since the first answer after a restart tells it again. */
    private volatile long size;

    FedWitness(String name, List<VerifierKey> keys, URI prefix, HttpClient client, Duration limit, Clock clock) {
        this.name = name;
        this.keys = List.copyOf(keys);
        this.addCheckpoint = URI.create(prefix + (prefix.toString().endsWith("/") ? "" : "/") + "add-checkpoint");
        this.client = client;
        this.limit = limit;
        this.clock = clock;
    }

    /** It did not cosign, and why: a sentence for the operator. */
    static class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String sentence) {
            super(sentence, null, false, false);
        }
    }

    /** It has seen a later head of the log than this one: by another replica, whose entries this one has not read yet. */
    static final class AheadException extends RefusedException {
        private static final long serialVersionUID = 1L;

        AheadException(String sentence) {
            super(sentence);
        }
    }

    String name() {
        return name;
    }

    /** Its checked cosignatures, one for each of its keys that signed. Ends within the time limit, one way or another. */
    CompletableFuture<List<NoteSignature>> ask(Head head) {
        CompletableFuture<List<NoteSignature>> result = new CompletableFuture<>();
        try {
            attempt(head, result, MOST_TRIES_MORE);
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
        return result.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void attempt(Head head, CompletableFuture<List<NoteSignature>> result, int triesMore) {
        // A witness that is ahead of this head has seen a later one, by another replica: then 0 asks for its size
        // again.
        long old = size <= head.size() ? size : 0;
        CompletableFuture<HttpResponse<byte[]>> call = client.sendAsync(
                HttpRequest.newBuilder(addCheckpoint)
                        .timeout(limit)
                        .header("Content-Type", "text/plain; charset=utf-8")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(head.requestFrom(old)))
                        .build(),
                info -> new BoundedBody(MOST_ANSWER));
        // The client's own limit ends with the headers; an answer that trickles in must end, too.
        result.whenComplete((signatures, failure) -> call.cancel(true));
        call.whenComplete((response, failure) -> {
            try {
                if (failure != null) {
                    result.completeExceptionally(unreachable(root(failure)));
                } else if (response.statusCode() == Answer.OTHER_SIZE) {
                    adopt(old, response);
                    retry(head, result, old, triesMore);
                } else {
                    result.complete(cosignatures(head, response));
                }
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
    }

    private void adopt(long old, HttpResponse<byte[]> response) {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (!type.equals(Answer.SIZE_TYPE)) {
            throw new RefusedException("answered 409 without saying its size");
        }
        long told = size(response.body());
        if (told == old) {
            throw new RefusedException("answered 409, and named the size that it was sent");
        }
        size = told;
    }

    private void retry(Head head, CompletableFuture<List<NoteSignature>> result, long old, int triesMore) {
        if (size > head.size()) {
            throw new AheadException("has cosigned " + size + " entries, and the head has " + head.size());
        }
        if (triesMore == 0) {
            throw new RefusedException("named another size each time it was asked, lastly " + size + " after " + old);
        }
        if (!result.isDone()) {
            attempt(head, result, triesMore - 1);
        }
    }

    private static long size(byte[] body) {
        try {
            return Answer.size(body);
        } catch (MalformedException e) {
            throw new RefusedException("answered 409 with a size that cannot be read");
        }
    }

    private List<NoteSignature> cosignatures(Head head, HttpResponse<byte[]> response) {
        if (response.statusCode() != Answer.COSIGNED) {
            throw new RefusedException(meaning(response.statusCode()));
        }
        SignedNote answered;
        OpenedNote opened;
        try {
            String lines = Canonical.utf8("answer", response.body());
            answered = SignedNote.parse(Canonical.utf8("note", head.note().text() + "\n" + lines));
            opened = answered.open(keys);
        } catch (MalformedException | UntrustedException e) {
            throw new RefusedException("answered with a cosignature that does not hold: " + e.getMessage());
        }
        if (!answered.text().equals(head.note().text())
                || !opened.cosignatures().stream().allMatch(cosignature -> cosignature.counts(clock.instant()))) {
            throw new RefusedException("answered with a cosignature of another text or time; is its clock right?");
        }
        size = head.size();
        Set<KeyLabel> known = opened.signedBy().stream().map(VerifierKey::label).collect(Collectors.toSet());
        return answered.signatures().stream()
                .filter(signature -> known.contains(signature.label()))
                .toList();
    }

    private static String meaning(int status) {
        return switch (status) {
            case Answer.MALFORMED -> "says that our request is malformed (400)";
            case Answer.NOT_SIGNED -> "does not accept our log's signature (403); does it have the log's present key?";
            case Answer.UNKNOWN_LOG -> "does not know our log (404); has it been told of it?";
            case Answer.NOT_CONSISTENT ->
                "says that our log has another past than the one it saw (422); find out why before anything else";
            default -> "answered " + status;
        };
    }

    /** The client has the same limit as we; whichever is first, it is told alike. */
    private static Exception unreachable(Throwable cause) {
        return cause instanceof HttpTimeoutException
                ? new TimeoutException()
                : new RefusedException("cannot be reached: " + cause.getClass().getSimpleName()
                        + (cause.getMessage() == null ? "" : ", " + cause.getMessage()));
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof HttpTimeoutException)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
