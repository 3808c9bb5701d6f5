package io.pando.recipes.line;

import io.pando.datatree.ZnodePath;
import java.nio.charset.StandardCharsets;

/**
 * Somebody who stands in a line.
 *
 * @param path of the znode that stands for it
 * @param data of that znode: what it says about itself
 */
@SuppressWarnings("ArrayRecordComponent") // Read, not compared.
public record Member(String path, byte[] data) {
    public String name() {
        return ZnodePath.nameOf(path);
    }

    /** The data as UTF-8. */
    public String text() {
        return new String(data, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return name() + "=" + text();
    }
}
