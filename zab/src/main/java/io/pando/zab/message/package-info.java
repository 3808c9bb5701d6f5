/** What servers say to one another (design: zab.md section 4.7), and how it is encoded. Pure values. */
@NullMarked
package io.pando.zab.message;

import org.jspecify.annotations.NullMarked;
