package io.pando.test.client;

import io.pando.test.harness.SharedServer;
import io.pando.test.harness.Target;
import org.junit.jupiter.api.extension.RegisterExtension;

class OffersOnPandoTest extends Offers {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults().of(Target.PANDO);

    @Override
    SharedServer server() {
        return SERVER;
    }
}
