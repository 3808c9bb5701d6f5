/**
 * What a step costs by itself, in nanoseconds and bytes: the trie, the codecs, and the core's share of a write. {@code bin/pando bench micro}
 * runs them; how a server does as a whole is for the macro benchmark to say.
 */
@NullMarked
package io.pando.test.micro;

import org.jspecify.annotations.NullMarked;
