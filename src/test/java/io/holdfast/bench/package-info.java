/**
 * How fast the gateway is on this machine, and how fast the machine is. {@code ./mvnw -Pbench verify} runs it; the normal build
 * never does, and nothing in here fails because something was slow.
 *
 * <p>Every load is closed-loop: a caller sends its next request when the answer to the last one has come, so callers divided
 * by the mean latency is the throughput. What stands beside a figure is measured in the same run: the floor of disk,
 * cryptography and loopback, the CPU time that each request cost, what the load generator itself took, and how much of the
 * machine somebody else was using. Start with {@link io.holdfast.bench.Benchmark}.
 */
package io.holdfast.bench;
