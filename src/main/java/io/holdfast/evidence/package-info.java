/**
 * Turns a request, its document and its sender into {@code Facts} and into the results of the checks that were made.
 *
 * <p>A check that cannot be made is a result of its own, and it blocks. Nothing here decides, and nothing here fetches.
 *
 * <p>A court seals its instrument with a compact JWS (EdDSA, typ {@code holdfast-seal+jwt}) under the key that it enrolled,
 * over exactly these claims:
 *
 * <pre>
 * {"docket":"23-sw-1187","exp":1809129600,"iat":1793491200,"instrument":"US-SW","iss":"us-sample-court",
 *  "sha512":"9b71d224bd62f378..."}
 * </pre>
 *
 * <p>Start with {@link io.holdfast.evidence.Examiner}.
 */
package io.holdfast.evidence;
