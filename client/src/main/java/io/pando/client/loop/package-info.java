/** The threads of the client: event loops that own sessions, and the threads on which callbacks of applications run. */
@NullMarked
package io.pando.client.loop;

import org.jspecify.annotations.NullMarked;
