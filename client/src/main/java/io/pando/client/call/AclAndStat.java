package io.pando.client.call;

import io.pando.datatree.Acl;
import io.pando.datatree.Stat;
import java.util.List;

/**
 * The access control list of a znode.
 *
 * @param stat of the same moment; {@code aversion} counts the changes of the list
 */
public record AclAndStat(List<Acl> acl, Stat stat) {}
