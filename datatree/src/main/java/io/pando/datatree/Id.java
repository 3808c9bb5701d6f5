package io.pando.datatree;

/** Who an ACL entry speaks of, or who a connection is: an id that means something within its scheme. */
public record Id(String scheme, String id) {
    public static final Id ANYONE = new Id("world", "anyone");
}
