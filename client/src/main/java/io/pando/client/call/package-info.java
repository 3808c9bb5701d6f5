/**
 * What can be asked, one class for each request: described step by step, then sent by {@code now()} or {@code async()}. Here paths
 * get their chroot and lose it again, and what became of a request becomes a result or an exception.
 */
@NullMarked
package io.pando.client.call;

import org.jspecify.annotations.NullMarked;
