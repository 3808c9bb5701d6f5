package io.pando.zab.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The effects of one step, in order; used again for the next. */
public final class Effects {
    private final List<Effect> all = new ArrayList<>();

    void add(Effect effect) {
        all.add(effect);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public List<Effect> copy() {
        return List.copyOf(all);
    }

    /** Shows every effect and forgets it. What is added meanwhile is shown, too. */
    public void drainTo(Consumer<Effect> consumer) {
        for (int i = 0; i < all.size(); i++) {
            consumer.accept(all.get(i));
        }
        all.clear();
    }

    public void clear() {
        all.clear();
    }
}
