package io.pando.test.compatibility;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.junit.jupiter.api.function.Executable;

/** How a refusal looks to a user of Apache's client. */
final class Failures {
    private Failures() {}

    static void assertRefused(Code expected, Executable request) {
        KeeperException refusal = assertThrows(KeeperException.class, request);
        assertEquals(expected, refusal.code(), refusal::getMessage);
    }
}
