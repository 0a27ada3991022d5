package io.holdfast.cli.demo;

import java.nio.file.Path;

/** What both acts play on. */
record Stage(Path work, Path policies, SampleAuthorities authorities, Path registry, SampleStore store) {

    /** @param holds {@code start}, or a posture */
    GatewayProcess gateway(String name, String holds) {
        return GatewayProcess.start(work.resolve("gateways").resolve(name), policies, registry, holds, store.url());
    }
}
