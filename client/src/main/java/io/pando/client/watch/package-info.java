/** Watches of one client: what it wants to be told, kept across connections, and who is to be told when an event arrives. */
@NullMarked
package io.pando.client.watch;

import org.jspecify.annotations.NullMarked;
