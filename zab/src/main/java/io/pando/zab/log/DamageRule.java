package io.pando.zab.log;

import io.pando.zab.model.Promise;
import io.pando.zab.model.Promise.FloorReason;
import io.pando.zab.model.Zxid;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a server goes on without records that it can't read but may have acknowledged (design: zab.md section 9.4).
 *
 * <p>Alone it does not, unless the operator says so: there is no other copy. A member of an ensemble does, and is repaired by the
 * leader; but first it makes a floor durable, so that it never passes for a server that has everything it ever acknowledged.
 */
final class DamageRule {
    private static final Logger log = LoggerFactory.getLogger(DamageRule.class);

    private final LogSettings settings;
    private final Promises promises;

    /** Where the promise is kept. */
    interface Promises {
        Promise promise();

        void promise(Promise next) throws IOException;
    }

    DamageRule(LogSettings settings, Promises promises) {
        this.settings = settings;
        this.promises = promises;
    }

    /** Returns if the intact part may be presented as the log; nothing must have been cut before. */
    void goOnWithout(DamageReport damage) throws IOException {
        if (settings.acceptLoss()) {
            log.error(
                    "{} This loss is accepted as recovery.acceptLoss says: the log goes on after {}.",
                    damage.describeLoss(),
                    Zxid.toString(damage.lastIntactZxid()));
            return;
        }
        if (settings.alone()) {
            throw new DamagedStorageException(damage);
        }
        Promise promise = promises.promise();
        long highest = damage.highestZxid();
        // It acknowledged nothing of a later epoch than it has promised.
        long bound = damage.extentKnown() ? highest : Zxid.max(highest, Zxid.of(promise.acceptedEpoch(), -1));
        long floor = Zxid.max(promise.floorZxid(), bound);
        promises.promise(promise.withFloor(floor, FloorReason.LOG_DAMAGED));
        log.error(
                "{} This server can't lead before the ensemble has brought it up to {} again.",
                damage.describeLoss(),
                Zxid.toString(floor));
    }

    /** The operator has given up what is missing. */
    void forgetFloorIfLossIsAccepted() throws IOException {
        Promise promise = promises.promise();
        if (settings.acceptLoss() && promise.floorZxid() != Zxid.NONE) {
            log.error(
                    "What this server acknowledged up to {} is given up as recovery.acceptLoss says.",
                    Zxid.toString(promise.floorZxid()));
            promises.promise(promise.withFloor(Zxid.NONE, FloorReason.LOSS_ACCEPTED));
        }
    }
}
