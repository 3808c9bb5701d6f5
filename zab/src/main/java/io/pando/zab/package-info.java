/**
 * Atomic broadcast: servers agree on one order of transactions and keep it on disk. Payloads are bytes to it; what they
 * mean is known only to the state machine that it delivers them to.
 */
@NullMarked
package io.pando.zab;

import org.jspecify.annotations.NullMarked;
