/** Apache's own Java client, unmodified, against a real server process: every operation, watch and session rule. */
@NullMarked
package io.pando.test.compatibility;

import org.jspecify.annotations.NullMarked;
