/**
 * What the recipes owe to their users: alone, mixed with Curator's on the same paths, and under faults. Everything that can runs against
 * Pando's server and against Apache's.
 */
@NullMarked
package io.pando.test.recipes;

import org.jspecify.annotations.NullMarked;
