package io.pando.zab.runtime;

/** Why this server can't go on: it must exit without another reply, and what the disk holds is found out at the next start. */
public record Halt(String reason, Throwable cause) {}
