/** Whether {@code bin/pando} finds a Java, builds and starts what it is asked to, on machines made of shell scripts. */
@NullMarked
package io.pando.test.launcher;

import org.jspecify.annotations.NullMarked;
