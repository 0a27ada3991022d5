/**
 * The commands of engineers and auditors. Offline commands start no server, and answer at once.
 *
 * <p>Exit codes: 0 done, or the check passed; 1 the check failed, do not rely on this data, and nothing else; 2 wrong command
 * line; 3 could not reach or read; 4 not allowed; 5 accepted, waiting for a second person; 6 conflict. Results go to standard
 * output, as a table for people or as JSON for programs; everything else goes to standard error.
 *
 * <p>Here never live: a rule, a check or a count of its own. A command reads its options, asks the room that knows, and says
 * what came of it. What a gateway or a log says is text of strangers: it is made safe before a terminal sees it.
 *
 * <p>Start with {@link io.holdfast.cli.CommandLineInterface}; {@code CommandGroup} lists the commands, and {@code LogPlace}
 * says where logs are read.
 */
package io.holdfast.cli;
