package io.holdfast.bench;

import io.holdfast.fixture.Institutions;
import java.nio.file.Path;
import java.util.List;

/** Durable, signed decisions without HTTP. */
final class InProcess {

    private final Options options;
    private final Sheet sheet;
    private final Institutions institutions;
    private final Traffic traffic;

    InProcess(Options options, Sheet sheet, Institutions institutions, Traffic traffic) {
        this.options = options;
        this.sheet = sheet;
        this.institutions = institutions;
        this.traffic = traffic;
    }

    void run(Engine engine, Path data) throws Exception {
        try (LiveGate live = LiveGate.open(engine, data, institutions)) {
            try (GateCallers load = new GateCallers(live.gate(), traffic, 64)) {
                Series.warmUp(options, load);
            }
            for (int callers : options.callers()) {
                try (GateCallers load = new GateCallers(live.gate(), traffic, callers)) {
                    List<Measure> measures = Series.inThisProcess(options).measure(load);
                    sheet.row("durable decisions in process, " + engine.name(), Floor.callers(callers), measures);
                }
            }
        }
    }
}
