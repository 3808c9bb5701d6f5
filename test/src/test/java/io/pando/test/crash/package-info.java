/** What a server owes to those it answered, when its process ends at any moment. */
@NullMarked
package io.pando.test.crash;

import org.jspecify.annotations.NullMarked;
