package io.pando.zab.log;

/**
 * Is told, from any thread, that the disk has failed. Nothing more is reported durable after that: the server has to stop, and
 * what the disk really holds is found out at the next start.
 */
@FunctionalInterface
public interface StorageFaults {
    void storageFailed(String what, Throwable cause);
}
