/** For tests with JUnit 5: an ensemble that lives as long as a test, or as all tests of a class. */
@NullMarked
package io.pando.testing.junit;

import org.jspecify.annotations.NullMarked;
