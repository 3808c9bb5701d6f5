package io.pando.test.recipes;

import io.pando.test.harness.SharedServer;
import io.pando.test.harness.Target;
import org.junit.jupiter.api.extension.RegisterExtension;

class LocksOnPandoTest extends Locks {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults().of(Target.PANDO);

    @Override
    SharedServer server() {
        return SERVER;
    }
}
