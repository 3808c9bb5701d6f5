/** Whom to follow: fast leader election (design: zab.md section 3). It only suggests; safety rests on what comes after. */
@NullMarked
package io.pando.zab.election;

import org.jspecify.annotations.NullMarked;
