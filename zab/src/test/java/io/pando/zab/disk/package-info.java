/** A disk in memory for tests: it forgets what was not synced, tears, fills up and fails on demand. */
@NullMarked
package io.pando.zab.disk;

import org.jspecify.annotations.NullMarked;
