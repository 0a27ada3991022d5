/**
 * The log: its entries and their bytes, the port behind which it is kept, and the programs that check it.
 *
 * <p>An entry is the ASCII of a compact JWS: the issuer-signed part of an SD-JWT (RFC 9901) with an Ed25519 signature
 * and a payload in the JSON Canonicalization Scheme (RFC 8785). Decoded, one looks like this:
 *
 * <pre>
 * {"alg":"EdDSA","kid":"mZ0...","typ":"holdfast-request-decided+sd-jwt"}
 * {"_sd":["3kQ...","9fA..."],"_sd_alg":"sha-256","decision":{"outcome":"HELD",...},"epoch":1,"facts":{...},
 *  "iat":1784822400,"iss":"holdfast.example/log","jti":"0198...","rulebook":"5e0c...","sub":"0198..."}
 * </pre>
 *
 * <p>Clear claims are closed words, dates, counts and digests. What is personal is a salted digest in {@code _sd}; its
 * disclosure lies sealed in the vault.
 *
 * <p>Here never live: HTTP, SQL, a framework, a decision. Read {@link io.holdfast.audit.Event} for what can be
 * recorded, {@link io.holdfast.audit.Ledger} for what is promised, {@link io.holdfast.audit.LogVerifier} and
 * {@link io.holdfast.audit.Replay} for how to trust nobody.
 */
package io.holdfast.audit;
