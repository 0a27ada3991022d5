/**
 * The gateway behind real proxies, with the configurations of {@code deploy/proxies}: programs of other people in front of the
 * packaged program, and a store that counts. Run in the phase of integration tests; a proxy that is not installed is said to be
 * missing.
 */
package io.holdfast.proxies;
