package io.pando.recipes.config;

/** Somebody else has published a configuration since the one that was edited; nothing was changed. Edit the newer one. */
public final class ConfigConflictException extends RuntimeException {
    ConfigConflictException(String path, String generation) {
        super("Configuration " + path + " is no longer the one that was edited, \"" + generation
                + "\"; wait for the newer one and edit that.");
    }
}
