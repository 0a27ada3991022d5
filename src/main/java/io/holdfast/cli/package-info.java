/**
 * The commands of engineers and auditors. Offline commands start no server.
 *
 * <p>Exit codes: 0 done, or the check passed; 1 the check failed, do not rely on this data; 2 wrong command line; 3 could not
 * reach or read; 4 not allowed; 5 accepted, waiting for a second person; 6 conflict.
 */
package io.holdfast.cli;
