package io.pando.recipes.config;

/** A setting holds text that is no value of its type. */
public final class BadSettingException extends RuntimeException {
    BadSettingException(String name, String text, IllegalArgumentException cause) {
        super("\"" + text + "\" is no value of " + name + ": " + cause.getMessage(), cause);
    }
}
