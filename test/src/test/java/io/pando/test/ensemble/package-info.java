/** {@code pando ensemble} with real processes: what it says, what it starts and what it stops. */
@NullMarked
package io.pando.test.ensemble;

import org.jspecify.annotations.NullMarked;
