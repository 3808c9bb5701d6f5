package io.pando.test.torture;

/** What may happen to servers and links, each for a while. */
sealed interface Fault {
    /** kill -9; it is started again. */
    record Kill(Whom whom) implements Fault {}

    /** kill -9 of all at once. */
    record KillAll() implements Fault {}

    /** SIGTERM and a new start, one after the other, as for an upgrade. */
    record RestartInTurn() implements Fault {}

    /** SIGSTOP, and SIGCONT. */
    record Freeze(Whom whom) implements Fault {}

    /** It neither hears other servers nor is heard by them. */
    record Isolate(Whom whom) implements Fault {}

    /** It does not hear other servers, but they hear it. */
    record Deafen(Whom whom) implements Fault {}

    /** Other servers do not hear it, but it hears them. */
    record Mute(Whom whom) implements Fault {}

    /** Two do not hear each other, and the others hear both. */
    record CutLink(Whom one, Whom other) implements Fault {}

    /** All that servers say to each other takes longer. */
    record SlowLinks(int ms) implements Fault {}

    /** The connections of one with the others break, and are possible again. */
    record BreakLinks(Whom whom) implements Fault {}

    /** Clients do not hear a server, or it does not hear them, or both. */
    record SilenceClients(Whom whom, Direction direction) implements Fault {}

    /** The connections of all clients break, and are possible again. */
    record BreakClients() implements Fault {}

    /** Nothing more fits on the disk of the server that has a small one. */
    record FillDisk() implements Fault {}

    /** Some bytes in the middle of the log of a stopped server are overwritten. */
    record Damage(Whom whom) implements Fault {}

    /** All that a stopped server has stored is gone. */
    record Wipe(Whom whom) implements Fault {}

    enum Direction {
        TO_SERVER,
        TO_CLIENT,
        BOTH
    }
}
