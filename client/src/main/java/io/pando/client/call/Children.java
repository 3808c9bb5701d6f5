package io.pando.client.call;

import io.pando.datatree.Stat;
import java.util.List;

/**
 * The children of a znode.
 *
 * @param names not paths, in no order
 * @param stat of the parent, of the same moment
 */
public record Children(List<String> names, Stat stat) {}
