/**
 * The rulebook: read it, check it, decide by it, explain it.
 *
 * <p>What lives here: the strict reader of {@code policies/}, the evaluator, the linter, the tables of cases, the
 * sentences that explain a decision, and the matrix of what each instrument reaches. What never does: holds in force (a fold of the log, and an argument here), the
 * clock, requests with people in them, and anything that acts on a decision. The only library is SnakeYAML, and only
 * its tree of nodes.
 *
 * <h2>Format</h2>
 *
 * One document of {@code schema: holdfast/v1} and one {@code kind} for each file:
 *
 * <pre>
 * vocabulary.yaml              Vocabulary  every word that exists, with a label; groups of places
 * packs/NAME.yaml              Pack        what an instrument can compel: grants
 * treaties.yaml                Treaties    channels, open or suspended, since when
 * holds/NAME.yaml              Hold        the holds that a deployment starts with
 * postures/NAME/NAME.yaml      Hold        sets of holds to choose from
 * postures/NAME/posture.yaml   Posture     a title; needed for a posture without holds
 * invariants.yaml              Invariants  statements about all requests, which prove checks
 * tests/NAME.test.yaml         Tests       cases: facts, and what must come out
 * bundle.lock                              digests of the files above, and of the set
 * authorities/NAME.yaml        Authority   a registry of its own, outside the lock
 * </pre>
 *
 * A grant, as an example:
 *
 * <pre>
 * - id: us-sw
 *   basis: "18 USC 2703(a)"
 *   when: {issuer-jurisdiction: [US], instrument: [US-SW], authority: [JUDGE], action: [DISCLOSE],
 *          category: [SUBSCRIBER, CONTENT], sender: [VERIFIED], document: [VERIFIED]}
 *   approvals: 2
 *   notice: BEFORE
 * </pre>
 *
 * In {@code when} and {@code applies} a key lists the values it accepts, all keys must agree, and an absent key accepts
 * everything. Every scalar is text ({@code NO} is Norway). Refused, with file, line, column and the nearest known word:
 * keys and words that do not exist, a key that is there twice, empty lists, aliases, anchors, tags, directives, a second
 * document, anything but UTF-8, files above 256 KiB, and YAML files at places where nobody would read them.
 *
 * <h2>Proving</h2>
 *
 * {@link io.holdfast.policy.Prover} decides one request of every class that the rules can tell apart (Space, Slab, Axis), and
 * {@link io.holdfast.policy.Difference} does so under two sets at once.
 *
 * <h2>Order of evaluation</h2>
 *
 * <ol>
 *   <li>No rulebook: refused.
 *   <li>A fact absent, unknown or not in the vocabulary: returned.
 *   <li>The channel's treaty not active, the instrument not yet or no longer valid: refused. A hold that refuses the
 *       request outright gives its reason first.
 *   <li>For each category asked, all holds: never beats deny, deny beats pause. An exception opens its own hold only.
 *   <li>For each category asked, all grants. None: refused, with the first {@link io.holdfast.legal.Dimension} that
 *       rules out the last candidate as the reason.
 *   <li>Any category permitted: the rest is withheld, each with its reason. None: held if a hold keeps it and none
 *       refuses it, else refused.
 *   <li>Obligations of all grants together; released only with enough approvals.
 * </ol>
 *
 * Start with {@link io.holdfast.policy.PolicySet} (the files), {@link io.holdfast.policy.Rulebook} (the function) and
 * {@code Cell} (what a decision is folded from).
 */
package io.holdfast.policy;
