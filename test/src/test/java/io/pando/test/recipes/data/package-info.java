/**
 * What caches, counters, queues, groups, discovery and configurations owe to their users: alone, mixed with Curator's on the same paths,
 * and while links are cut and sessions end.
 */
@NullMarked
package io.pando.test.recipes.data;

import org.jspecify.annotations.NullMarked;
