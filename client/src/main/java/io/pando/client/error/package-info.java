/**
 * What can go wrong, one type for each thing that a caller would handle differently. Each says which operation failed, on which
 * path, and what asking again would mean.
 */
@NullMarked
package io.pando.client.error;

import org.jspecify.annotations.NullMarked;
