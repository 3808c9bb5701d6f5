/** The running broadcast: joins the log, the snapshots and the state machine that the server brings. */
@NullMarked
package io.pando.zab.runtime;

import org.jspecify.annotations.NullMarked;
