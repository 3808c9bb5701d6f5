package io.pando.recipes.membership;

import java.nio.charset.StandardCharsets;

/**
 * One who belongs to a group.
 *
 * @param id the name that tells it from others
 * @param data what it wants others to know; not to be changed
 * @param sinceZxid of its joining: who joined later has a higher one, and one that joined again another one
 * @param sessionId with which its membership ends; 0 for a znode that somebody made by hand
 */
@SuppressWarnings("ArrayRecordComponent") // Data is read, not compared.
public record Member(String id, byte[] data, long sinceZxid, long sessionId) {
    /** The data as UTF-8. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }
}
