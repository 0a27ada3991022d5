/**
 * The demonstration: real gateways in processes of their own, a real store behind them, real HTTP between them.
 *
 * <p>{@link io.holdfast.cli.demo.Demonstration} is the play; the rest is its stage: {@link io.holdfast.cli.demo.SampleAuthorities}
 * enrols institutions with keys made for the occasion, {@link io.holdfast.cli.demo.SampleStore} holds data of nobody and counts
 * what it was asked, {@link io.holdfast.cli.demo.GatewayProcess} is one gateway with a log of its own. Nothing here is used by a
 * gateway that serves.
 */
package io.holdfast.cli.demo;
