package io.pando.test.recipes.faults;

/** What an actor does with one recipe, again and again. Each has a thread of its own. */
public abstract class Role implements AutoCloseable {
    private final String name;

    protected Role(String name) {
        this.name = name;
    }

    public final String name() {
        return name;
    }

    /**
     * Does it once; true if it came to something. An outcome that is not known is not a failure: that is a {@link
     * io.pando.client.error.PandoException}, after which the next turn is due.
     */
    public abstract boolean turn() throws Exception;

    /** Gives up what it takes part in. */
    @Override
    public void close() {}
}
