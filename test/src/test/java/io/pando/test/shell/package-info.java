/** The shell against a running server, as a person or a script starts it. */
@NullMarked
package io.pando.test.shell;

import org.jspecify.annotations.NullMarked;
