package io.pando.zab.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host, anew for every dial: members move while their names stay. May block. */
@FunctionalInterface
public interface NameResolver {

    /** At least one address. */
    InetAddress[] resolve(String host) throws UnknownHostException;
}
