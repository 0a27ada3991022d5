/**
 * What a grant is, to the byte, and how whoever guards a store checks one offline: with the log's key, the grant keys, and
 * nothing else of Holdfast. Knows no law, no gateway and no framework; with {@code tlog}, {@code note} and the canonical JSON of
 * {@code audit} it is a jar of its own, of the classifier {@code grant-verifier}.
 *
 * <p>A grant is a compact JWS, {@code typ} {@code holdfast-grant+jwt}, {@code alg} EdDSA (Ed25519), its payload canonical JSON
 * (RFC 8785):
 *
 * <pre>
 * {"aud":"user-data-store",                     whom it is for
 *  "cnf":{"x5t#S256":"..."},                    if only who has this certificate may use it (RFC 8705 section 3.1)
 *  "entry":"eyJ...",                            the entry of the log that issued it
 *  "epoch":12,"rulebook":"...",                 what that was decided under
 *  "exp":1767225660,"iat":1767225600,           at most 300 seconds apart
 *  "iss":"holdfast.example/log",                the log
 *  "jti":"...",                                 the id of that entry
 *  "proof":"c2sp.org/tlog-proof@v1\n...",       that it is in the log
 *  "scope":{"accounts":["..."],"categories":["SUBSCRIBER"],"from":"...","salt":"...","to":"..."},
 *  "sub":"..."}                                 the request
 * </pre>
 *
 * An account is {@code base64url(SHA-256(salt || kind || 0x00 || value))}, kind and value as the store is asked for them: so a
 * grant that is seen by somebody else names nobody. The entry holds {@code bound}, the SHA-256 of the canonical JSON of {@code
 * {"holder":x5t#S256,"scope":{...}}}, so that whoever steals the grant key alone can make no grant.
 *
 * <p>Start at {@link io.holdfast.grant.GrantVerifier}.
 */
package io.holdfast.grant;
