/** Which build this is, for everybody who says so: the command line and the four-letter words. */
@NullMarked
package io.pando.server.version;

import org.jspecify.annotations.NullMarked;
