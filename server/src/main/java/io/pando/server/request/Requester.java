package io.pando.server.request;

import io.pando.datatree.Id;
import java.util.List;

/** On whose behalf a request is decided. */
public record Requester(long sessionId, List<Id> identities) {}
