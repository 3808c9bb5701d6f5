package io.pando.server.auth;

/** An auth packet proved nothing: the client is told AuthFailed and its connection is closed. */
public final class AuthenticationFailedException extends Exception {
    AuthenticationFailedException(String why) {
        super(why);
    }
}
