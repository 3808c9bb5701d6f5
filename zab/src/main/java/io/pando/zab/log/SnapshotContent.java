package io.pando.zab.log;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the state of the state machine at one zxid. */
@FunctionalInterface
public interface SnapshotContent {
    void writeTo(OutputStream out) throws IOException;
}
