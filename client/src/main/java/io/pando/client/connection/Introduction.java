package io.pando.client.connection;

import java.util.concurrent.CompletableFuture;

/**
 * An identity that is told to every server, and what the first of them said to it. Compared by identity. Confined to the event loop
 * but for the future, which completes there with 0 or the code of a refusal.
 */
final class Introduction {
    private final Identity identity;
    private final CompletableFuture<Integer> answer = new CompletableFuture<>();

    Introduction(Identity identity) {
        this.identity = identity;
    }

    Identity identity() {
        return identity;
    }

    CompletableFuture<Integer> answer() {
        return answer;
    }
}
