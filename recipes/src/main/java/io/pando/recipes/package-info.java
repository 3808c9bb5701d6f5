/**
 * Coordination patterns on top of the client: locks, elections, barriers, caches. Nothing here is known to a server; any
 * application could have written it.
 */
@NullMarked
package io.pando.recipes;

import org.jspecify.annotations.NullMarked;
