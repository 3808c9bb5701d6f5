/**
 * {@code bin/pando torture}: real servers, each a process, under clients who are busy all the while, and somebody who means ill to both.
 * What clients were told is judged afterwards.
 *
 * <p>A {@link io.pando.test.torture.Plan} says what to do. Its seed decides the {@link io.pando.test.torture.Schedule} of {@link
 * io.pando.test.torture.Fault faults}, which the {@link io.pando.test.torture.Nemesis} brings upon a {@link
 * io.pando.test.torture.Site}, and the choices of the {@link io.pando.test.torture.Crew} of clients. Each {@link
 * io.pando.test.torture.Workload} is a part of what these do, with a history of its own and a judgement of it. That the judgement bites
 * is shown by a {@link io.pando.test.torture.LyingRelay}.
 */
@NullMarked
package io.pando.test.torture;

import org.jspecify.annotations.NullMarked;
