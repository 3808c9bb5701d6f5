/**
 * Rules on the shape of the code that no compiler checks: which module may know which, and what a pure package may touch.
 */
@NullMarked
package io.pando.test.architecture;

import org.jspecify.annotations.NullMarked;
