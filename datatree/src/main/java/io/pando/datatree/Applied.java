package io.pando.datatree;

import java.util.List;

/**
 * What applying a txn gave.
 *
 * @param tree the tree after it
 * @param changes what it did, in order: for a multi in the order of its parts, each of which but a check makes one
 */
public record Applied(Tree tree, List<Change> changes) {}
