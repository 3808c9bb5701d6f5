/** The client protocol byte by byte, over raw sockets: the checklist of what a server must do, a test to a line. */
@NullMarked
package io.pando.test.conformance;

import org.jspecify.annotations.NullMarked;
