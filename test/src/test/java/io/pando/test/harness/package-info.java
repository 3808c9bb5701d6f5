/**
 * What the tests across modules stand on: real server processes (Pando's, or Apache ZooKeeper's to prove a test against
 * the original first), Apache's own client, a raw socket that speaks frames, and a relay that cuts or silences a
 * connection.
 */
@NullMarked
package io.pando.test.harness;

import org.jspecify.annotations.NullMarked;
