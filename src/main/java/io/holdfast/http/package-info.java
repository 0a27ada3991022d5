/**
 * The REST interface, problem documents, and the log's read interface. Adapters only: they read strictly, authenticate, call
 * the gate, and write down what it says. No rule lives here.
 *
 * <p>Every answer that is not a success is an RFC 9457 problem. A problem names the field, the rule and the value that was
 * found, except for a value that could be personal. Start with {@link io.holdfast.http.RequestsResource}.
 */
package io.holdfast.http;
