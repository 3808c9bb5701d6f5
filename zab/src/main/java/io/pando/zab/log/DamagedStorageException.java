package io.pando.zab.log;

import java.io.IOException;

/** What is on disk contradicts itself, and acknowledged records may be among what is lost; nothing was changed. */
public final class DamagedStorageException extends IOException {
    private final DamageReport report;

    public DamagedStorageException(DamageReport report) {
        super(report.describe());
        this.report = report;
    }

    public DamageReport report() {
        return report;
    }
}
