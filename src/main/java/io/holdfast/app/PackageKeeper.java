package io.holdfast.app;

import io.holdfast.gate.OpenPackages;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Goes on with what is being collected, and takes away packages that are not to be kept any longer. It has no rule of its own. */
final class PackageKeeper extends Keeper {

    private static final Logger LOG = Logger.getLogger(PackageKeeper.class);

    private static final Duration BETWEEN_TWO_LOOKS = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final OpenPackages packages;

    PackageKeeper(OpenPackages packages) {
        super("package-keeper", PATIENCE);
        this.packages = packages;
    }

    @Override
    Duration step() {
        int done = packages.look();
        if (done > 0) {
            LOG.infof("packages: something was done for %d requests", done);
        }
        return BETWEEN_TWO_LOOKS;
    }

    @Override
    Duration failed(RuntimeException why) {
        LOG.warnf("packages are not looked after, and it is tried again soon: %s", why.getMessage());
        return BETWEEN_TWO_LOOKS;
    }
}
