/** Which build this is. A package of its own, since everybody may ask and it needs nobody. */
@NullMarked
package io.pando.server.version;

import org.jspecify.annotations.NullMarked;
