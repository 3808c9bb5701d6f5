package io.pando.zab.disk;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Silences the log while thousands of servers fail on purpose. */
public final class QuietLog implements AutoCloseable {
    private final Logger logger;

    public QuietLog() {
        this("io.pando.zab");
    }

    /** @param name of the logger, and all below it, that are to be silent */
    public QuietLog(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
        logger.setLevel(Level.OFF);
    }

    @Override
    public void close() {
        logger.setLevel(null);
    }
}
