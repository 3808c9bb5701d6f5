/**
 * A server under siege: thousands of connections that mean it harm, a few that mean well, and figures of what becomes of its memory and of the latter.
 *
 * <p>{@link io.pando.test.soak.Siege} has the attackers, one {@link io.pando.test.soak.Attack} for each kind of malice; {@link io.pando.test.soak.Citizens}
 * are those who mean well.
 */
@NullMarked
package io.pando.test.soak;

import org.jspecify.annotations.NullMarked;
