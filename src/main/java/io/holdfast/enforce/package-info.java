/**
 * The ways to stand in front of the user-data store.
 *
 * <p>{@link io.holdfast.enforce.HttpUserDataStore} is how the gateway itself reads the store, for what was released, and
 * has it keep copies. The store
 * speaks one small protocol, over HTTP on a network that nobody else can reach:
 *
 * <pre>
 * POST /v1/accounts/lookup
 * {"kind":"EMAIL","value":"...","categories":["SUBSCRIBER"],"from":"2026-01-01T00:00:00Z","to":"2026-02-01T00:00:00Z"}
 *
 * 200 {"country":"US","data":{"SUBSCRIBER":{"name":"..."}}}     404 no such account
 *
 * 200 {"country":"US","data":{"CONTENT":[...]},"next":"..."}    there is more: asked again with "page":"..."
 *
 * POST /v1/accounts/preserve
 * {"copy":"019a...","kind":"EMAIL","value":"...","categories":["SUBSCRIBER"],"from":"...","to":"...","until":"..."}
 *
 * 204 kept     404 no such account
 *
 * POST /v1/accounts/release
 * {"copy":"019a...","kind":"EMAIL","value":"..."}
 *
 * 204 dropped     404 there is none
 * </pre>
 *
 * An answer with {@code next} is one page, and the same question with that text as {@code page} brings the following one; an answer
 * without is all, or the last page. The text means something to the store alone. Asked for a page again, the store answers what
 * it holds of the same part.
 *
 * <p>Fractions travel as strings. What a store answers beyond the categories that it was asked for makes the whole answer
 * unusable: a store that is not exact cannot be trusted to be narrow.
 */
package io.holdfast.enforce;
