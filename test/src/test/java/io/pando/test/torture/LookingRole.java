package io.pando.test.torture;

import io.pando.test.torture.Lives.Life;
import io.pando.test.znodes.Histories;
import io.pando.test.znodes.Znodes;
import java.util.List;
import java.util.random.RandomGenerator;

/** Looks whether ephemerals of others are there. */
final class LookingRole extends SessionRole {
    private final Lives lives;
    private final RandomGenerator chance;

    LookingRole(String name, Lives lives, Session session, RandomGenerator chance) {
        super(name, session);
        this.lives = lives;
        this.chance = chance;
    }

    @Override
    public boolean turn() throws Exception {
        List<Life> recent = lives.recent();
        if (recent.isEmpty()) return false;
        Life life = recent.get(chance.nextInt(recent.size()));
        Znodes znodes = new Znodes(connected(), name(), new Histories());
        long called = System.nanoTime();
        lives.saw(life, znodes.existsSynced(life.path()), called);
        return true;
    }
}
