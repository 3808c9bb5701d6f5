/**
 * The command line of {@code bin/pando}, except for the shell: one class per command, joined in {@link io.pando.server.cli.PandoCommand}.
 */
@NullMarked
package io.pando.server.cli;

import org.jspecify.annotations.NullMarked;
