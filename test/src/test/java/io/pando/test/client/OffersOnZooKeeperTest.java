package io.pando.test.client;

import io.pando.test.harness.SharedServer;
import io.pando.test.harness.Target;
import org.junit.jupiter.api.extension.RegisterExtension;

class OffersOnZooKeeperTest extends Offers {
    @RegisterExtension
    static final SharedServer SERVER = SharedServer.withDefaults().of(Target.ZOOKEEPER);

    @Override
    SharedServer server() {
        return SERVER;
    }
}
