package io.pando.client.call;

import io.pando.datatree.Stat;

/**
 * A znode that was created.
 *
 * @param path with what the server, or a protected create, has put into the name
 * @param stat right after the creation; its {@code czxid} only grows from one creation to the next, anywhere in the tree
 */
public record Created(String path, Stat stat) {}
