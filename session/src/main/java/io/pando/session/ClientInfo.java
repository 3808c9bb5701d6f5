package io.pando.session;

import io.pando.session.wire.MarshallingException;
import io.pando.session.wire.WireReader;
import io.pando.session.wire.WireWriter;

/**
 * An identity of a connection, as {@code whoAmI} tells it.
 *
 * @param user without its secret part; empty when the scheme has no provider
 */
public record ClientInfo(String authScheme, String user) {
    static final int MIN_BYTES = 8;

    static ClientInfo read(WireReader in) throws MarshallingException {
        return new ClientInfo(in.readString(), in.readString());
    }

    void write(WireWriter out) {
        out.writeString(authScheme);
        out.writeString(user);
    }
}
