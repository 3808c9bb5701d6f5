/**
 * How a session is born and how it dies: its id, and the wheel that says when nothing was heard from it
 * for too long. Pure: time and randomness come in as arguments, and no thread is owned here.
 */
@NullMarked
package io.pando.session.lifetime;

import org.jspecify.annotations.NullMarked;
