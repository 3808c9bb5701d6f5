/**
 * ZooKeeper's four-letter words: what somebody with {@code nc} or a monitoring tool types into the client port instead of a handshake.
 *
 * <p>{@link io.pando.server.fourletter.FourLetterWords} recognises and answers them out of a
 * {@link io.pando.server.fourletter.ServerView}, in the very shapes that exporters parse (taken from answers of ZooKeeper 3.9.5).
 */
@NullMarked
package io.pando.server.fourletter;

import org.jspecify.annotations.NullMarked;
