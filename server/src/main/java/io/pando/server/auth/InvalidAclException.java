package io.pando.server.auth;

/** A requested ACL is empty, names an unknown scheme or holds a malformed id. Thrown often, so without a stack trace. */
public final class InvalidAclException extends Exception {
    InvalidAclException(String why) {
        super(why, null, false, false);
    }
}
