/**
 * Witnesses: programs of other people that look at each checkpoint of a log, make the log prove that it only grew, and
 * cosign. Who has a checkpoint with enough cosignatures knows that everybody else is shown the same log.
 *
 * <ul>
 *   <li>{@link io.holdfast.witness.Witness}: a witness of our own, for places that no other reaches
 *   <li>{@link io.holdfast.witness.WitnessState}: what it remembers, and is worth
 *   <li>{@link io.holdfast.witness.TimestampClient}: asks an authority that says when a checkpoint was there
 *   <li>{@link io.holdfast.witness.Feeder}: the side of the log: it asks the witnesses of a policy and publishes
 * </ul>
 *
 * <p>It knows nothing of law and of entries. It says that a log grew, never that what is in it is true.
 *
 * <h2>The protocol (c2sp.org/tlog-witness)</h2>
 *
 * <pre>
 * POST &lt;prefix&gt;/add-checkpoint
 *
 * old 20852014
 * PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
 * jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
 *
 * example.com/behind-the-sofa
 * 20852163
 * CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 * — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
 * </pre>
 *
 * <p>The size is that of the checkpoint which the witness cosigned last, 0 if none; behind it stands the consistency
 * proof from there, at most 63 hashes, empty from 0. The answers:
 *
 * <table>
 * <caption>Answers of a witness</caption>
 * <tr><td>200</td><td>signature lines, one for each key of the witness</td></tr>
 * <tr><td>400</td><td>not of this form, or the old size is larger than the checkpoint's</td></tr>
 * <tr><td>403</td><td>no key of the log signed it, or a signature of one is wrong</td></tr>
 * <tr><td>404</td><td>the log is not known here</td></tr>
 * <tr><td>409</td><td>the old size is another one: the body says which, as {@code text/x.tlog.size}</td></tr>
 * <tr><td>422</td><td>the proof does not hold</td></tr>
 * </table>
 */
package io.holdfast.witness;
