/**
 * The ledger on a SQL database, and the files beside it: keys, the signer's high-water mark, the lock of the data folder.
 *
 * <p>One writer thread ({@link io.holdfast.store.Sequencer}) appends; readers never wait for it. The order of its steps, and
 * what a crash after each of them means:
 *
 * <ol>
 *   <li>lock the head row, insert entries, hashes and sealed parts, move the head: a crash loses all of it, and nobody
 *       has been told
 *   <li>commit: from here on the entries are durable; a crash leaves them without a checkpoint, and start-up signs one
 *   <li>write the high-water mark, which start-up compares with the database
 *   <li>sign the checkpoint and answer
 * </ol>
 *
 * <p>Who can write to the database file can destroy the log, and cannot forge it: the keys are elsewhere, and a log that went
 * back in time is refused.
 */
package io.holdfast.store;
