package io.holdfast.gate;

/**
 * A repeatable call.
 *
 * @param caller whoever calls, so that two callers' keys never meet
 * @param key the caller's idempotency key
 * @param body what was sent, in a form that is equal for equal requests
 */
public record Call(String caller, String key, String body) {

    @Override
    public String toString() {
        return "Call";
    }
}
