/** Draws figures: {@link io.pando.test.bench.chart.Sheet} is a picture of many small charts with common rules, as SVG. */
@NullMarked
package io.pando.test.bench.chart;

import org.jspecify.annotations.NullMarked;
