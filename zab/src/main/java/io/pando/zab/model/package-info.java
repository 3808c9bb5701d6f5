/** What the ensemble agrees on: zxids, records, the batches they travel in, and the epochs of a history. Pure values. */
@NullMarked
package io.pando.zab.model;

import org.jspecify.annotations.NullMarked;
