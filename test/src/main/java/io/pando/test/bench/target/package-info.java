/**
 * What is loaded: servers that run already or are started, measured and ended here, and what the machine does meanwhile.
 */
@NullMarked
package io.pando.test.bench.target;

import org.jspecify.annotations.NullMarked;
