package io.pando.recipes.leader;

/**
 * Somebody who takes part in an election.
 *
 * @param id as it calls itself
 * @param leads whether it is first in line: it leads, or will as soon as it notices
 * @param path of the znode that stands for it
 */
public record Participant(String id, boolean leads, String path) {}
