/**
 * What was seen of how cost grows, as a table and as a picture. {@code bin/pando bench growth} measures it, with the cases of {@link
 * io.pando.test.bench.workload.Dimension}.
 */
@NullMarked
package io.pando.test.bench.growth;

import org.jspecify.annotations.NullMarked;
