/** Pando's own client, against Pando's server and Apache's alike: what it promises when links are cut, and what it answers when not. */
@NullMarked
package io.pando.test.client;

import org.jspecify.annotations.NullMarked;
