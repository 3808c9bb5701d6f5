/**
 * An ensemble on one machine, for trying things out: {@code pando ensemble}.
 *
 * <p>The flow: {@code EnsembleFolder} finds or makes a folder for each server, {@code LocalServer} runs one in a process of its own,
 * {@code Standings} asks all of them what they are, and {@code LocalEnsemble} tells what changes until it is stopped. Everything happens on the
 * thread that runs the command, but for the stop, which comes with the JVM's own end.
 */
@NullMarked
package io.pando.server.ensemble;

import org.jspecify.annotations.NullMarked;
