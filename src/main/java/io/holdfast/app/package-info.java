/**
 * Wiring and configuration only. {@link io.holdfast.app.Main} dispatches commands before anything else starts, so that those
 * that need no server answer at once; {@link io.holdfast.app.Wiring} puts the gateway together when one is served.
 */
package io.holdfast.app;
