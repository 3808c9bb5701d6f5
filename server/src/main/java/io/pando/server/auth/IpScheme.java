package io.pando.server.auth;

import io.netty.util.NetUtil;
import io.pando.datatree.Id;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The peer's address; an ACL names an address or a network, {@code 10.0.0.0/8} or {@code fe80::/10}. */
final class IpScheme implements AuthScheme {
    @Override
    public String name() {
        return "ip";
    }

    @Override
    public List<Id> authenticate(byte[] credentials, InetAddress peer) {
        return List.of(new Id(name(), peer.getHostAddress()));
    }

    @Override
    public boolean acceptsInAcl(String id) {
        return Network.parse(id) != null;
    }

    @Override
    public boolean matches(String identity, String aclId) {
        byte @Nullable [] address = addressBytes(identity);
        Network network = Network.parse(aclId);
        return address != null && network != null && network.contains(address);
    }

    /** Every connection has an address; that proves nothing about who is there. */
    @Override
    public boolean isAuthenticated() {
        return false;
    }

    /** The bytes of a numeric address (never resolved by name), or null if {@code text} is none. */
    private static byte @Nullable [] addressBytes(String text) {
        int zone = text.indexOf('%');
        return NetUtil.createByteArrayFromIpAddressString(zone < 0 ? text : text.substring(0, zone));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Network(byte[] prefix, int bits) {
        static @Nullable Network parse(String text) {
            int slash = text.indexOf('/');
            byte @Nullable [] prefix = addressBytes(slash < 0 ? text : text.substring(0, slash));
            if (prefix == null) {
                return null;
            }
            int all = prefix.length * Byte.SIZE;
            if (slash < 0) {
                return new Network(prefix, all);
            }
            try {
                int bits = Integer.parseInt(text.substring(slash + 1));
                return bits < 0 || bits > all ? null : new Network(prefix, bits);
            } catch (NumberFormatException e) {
                return null;
            }
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >>> (bit & 7);
                if (((address[bit >> 3] ^ prefix[bit >> 3]) & mask) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
