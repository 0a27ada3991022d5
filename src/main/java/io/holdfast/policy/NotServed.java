package io.holdfast.policy;

import io.holdfast.legal.Instrument;
import io.holdfast.legal.Match;

/**
 * A power that the law knows and that this rulebook does not serve. It decides nothing: what no grant covers is refused.
 * It is here so that a lawyer finds every power, and so that leaving one out cannot be an oversight.
 *
 * @param basis the provision
 * @param reaches who may use it, for what and for which data, as far as that was read
 * @param why one sentence
 */
public record NotServed(Instrument instrument, String basis, Match reaches, String why, Source source) {}
