/**
 * {@code bin/pando shell}: a person or a script looks around in a running server, one command at a time, under the names that
 * ZooKeeper's shell gave them.
 */
@NullMarked
package io.pando.client.shell;

import org.jspecify.annotations.NullMarked;
