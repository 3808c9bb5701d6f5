/**
 * What the build has a server do once, so that later ones start in half the time: the JVM records which classes it loads
 * and which methods run hot, and {@code bin/pando} gives the record to every server that it starts.
 */
@NullMarked
package io.pando.server.rehearsal;

import org.jspecify.annotations.NullMarked;
