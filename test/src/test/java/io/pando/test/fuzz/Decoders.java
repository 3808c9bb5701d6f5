package io.pando.test.fuzz;

import io.pando.client.shell.ShellDecoders;
import io.pando.server.connection.GreetingDecoder;
import io.pando.server.core.CoreDecoders;
import io.pando.zab.log.StorageDecoders;
import io.pando.zab.transport.BulkDecoder;
import java.util.ArrayList;
import java.util.List;

/** All that reads bytes or text from outside. Each call makes them anew: some have a state that one thread may use. */
final class Decoders {
    private Decoders() {}

    static List<Decoder> all() {
        List<Decoder> all = new ArrayList<>();
        all.add(GreetingDecoder.make());
        all.addAll(ClientDecoders.all());
        all.addAll(PeerDecoders.all());
        all.add(BulkDecoder.make());
        all.addAll(CoreDecoders.all());
        all.addAll(TreeDecoders.all());
        all.addAll(StorageDecoders.all());
        all.addAll(TextDecoders.all());
        all.addAll(ShellDecoders.all());
        return all;
    }

    /** @throws IllegalArgumentException if there is none of that name */
    static Decoder named(String name) {
        return all().stream()
                .filter(decoder -> decoder.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no decoder " + name + "; there are "
                        + String.join(", ", all().stream().map(Decoder::name).toList())));
    }
}
