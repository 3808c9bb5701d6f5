/** Clients that break the rules, by mistake or on purpose: the server stays up, and nobody else notices. */
@NullMarked
package io.pando.test.hostile;

import org.jspecify.annotations.NullMarked;
