/** What the documents say of the tests. */
@NullMarked
package io.pando.test.guides;

import org.jspecify.annotations.NullMarked;
