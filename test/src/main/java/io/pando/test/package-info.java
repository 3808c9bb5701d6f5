/**
 * Proof across modules: whole servers under real clients, under faults, and under load.
 */
@NullMarked
package io.pando.test;

import org.jspecify.annotations.NullMarked;
