package io.pando.zab.message;

/**
 * One connection between this server and another: ordered, without loss while it lasts, and without memory across.
 *
 * @param serverId the other end
 * @param number counts up and is never used again while this process lives
 */
public record Link(long serverId, long number) {

    @Override
    public String toString() {
        return serverId + "#" + number;
    }
}
