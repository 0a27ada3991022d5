/**
 * Counts the entries of a log into a transparency report. Anybody with the log can count again and must get the same bytes.
 *
 * <p>How counting works:
 *
 * <ul>
 *   <li>A period holds its first instant and not its last. What counts is the time that an entry wrote down.
 *   <li>A request counts once, in the period of its first decision, with its latest outcome within that period. What
 *       becomes of it afterwards is in no later report; to see it, count the same period again with a later end.
 *   <li>It counts in the row of the issuer and the instrument of that latest decision, with the accounts that it names.
 *   <li>Held is not refused: what a hold keeps waiting was not answered with no. The five outcomes add up to the requests.
 *   <li>Delivered is not one of the five: so many of the requests ended with data being handed over within the period, and
 *       data was found for so many accounts. Released is permitted, and whether data left is what delivered says. What was let through under grants counts as handed over, for
 *       the accounts of the grants that were used, and no more than were asked for: what the store gave, it does not say.
 * </ul>
 *
 * <p>Here never live: storage, clocks, signatures, opinions. A report says up to where in which log it counted; whether that
 * log holds is for {@link io.holdfast.audit.LogVerifier} to say. Start with {@link io.holdfast.report.TransparencyReport}.
 */
package io.holdfast.report;
