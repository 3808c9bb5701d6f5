/**
 * What a server counts about itself while it works: written from the paths of every request without locks, read by
 * four-letter words and whoever else asks.
 */
@NullMarked
package io.pando.server.figures;

import org.jspecify.annotations.NullMarked;
