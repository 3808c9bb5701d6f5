package io.pando.zab.log;

import io.pando.zab.model.Zxid;
import java.nio.file.Path;

/**
 * Which file can't be trusted, from which byte on, and which records that concerns.
 *
 * @param lastIntactZxid the last record before the damage
 * @param highestZxid the highest zxid seen anywhere behind it; equal to {@code lastIntactZxid} if nothing tells
 * @param extentKnown whether nothing beyond {@code highestZxid} can have been durable
 */
public record DamageReport(
        Path file, long offset, String what, long lastIntactZxid, long highestZxid, boolean extentKnown) {

    /** What a server says that has nobody to repair it. */
    public String describe() {
        return describeLoss()
                + " Nothing was changed. A standalone server has no other copy to repair itself from: restore dataDir"
                + " and dataLogDir together from a backup, or, to give up those records for good, start once with"
                + " recovery.acceptLoss=true.";
    }

    /** Where it is, and what is lost. */
    String describeLoss() {
        return file + " is damaged at offset " + offset + ": " + what + ". " + loss();
    }

    private String loss() {
        String intact = lastIntactZxid == Zxid.NONE
                ? "Nothing before it is intact; "
                : "Everything up to zxid " + Zxid.toString(lastIntactZxid) + " is intact; ";
        String lost = Zxid.isAfter(highestZxid, lastIntactZxid)
                ? "records after " + Zxid.toString(lastIntactZxid) + ", at least up to " + Zxid.toString(highestZxid)
                : "what was written after " + Zxid.toString(lastIntactZxid);
        return intact + lost + ", may have been acknowledged to clients and can't be read.";
    }

    /** The same damage, with more seen behind it. */
    DamageReport reaching(long zxid, boolean knownToBeAll) {
        return new DamageReport(file, offset, what, lastIntactZxid, Zxid.max(highestZxid, zxid), knownToBeAll);
    }
}
