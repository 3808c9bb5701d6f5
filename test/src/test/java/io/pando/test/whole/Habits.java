package io.pando.test.whole;

import java.util.SplittableRandom;

/** What a client does of its own accord, and when, by chance: mostly it asks for what it wishes. */
final class Habits {
    private final SimClient client;
    private final World world;
    private final SplittableRandom random;
    private boolean silent;
    private boolean dozing;

    Habits(SimClient client, World world, SplittableRandom random) {
        this.client = client;
        this.world = world;
        this.random = random;
    }

    void begin() {
        think();
    }

    private void think() {
        world.scheduler().in(World.exponential(random, world.profile().thinkNanos()), () -> {
            think();
            ClientEnd end = client.end();
            if (!silent && !dozing && end != null && end.hasRoomForMore()) {
                doSomething(end);
            }
        });
    }

    private void doSomething(ClientEnd end) {
        int what = random.nextInt(400);
        if (what == 0 && !world.isMended()) {
            client.vanish();
        } else if (what == 1 && !world.isMended()) {
            end.closeSession();
        } else if (what <= 5 && !world.isMended()) {
            doze(end);
        } else if (what < 9) {
            client.move();
        } else {
            client.wishes().forEach(end::ask);
        }
    }

    /** Gives no sign of life until it is nearly too late, or a little later, and then says good-bye. */
    private void doze(ClientEnd end) {
        dozing = true;
        long nanos = end.timeoutMs() * 950_000L + random.nextLong(400_000_000);
        world.scheduler().in(nanos, () -> {
            dozing = false;
            if (end.equals(client.end()) && end.isAttached()) {
                world.coverage().count("good-byes at the last moment");
                end.closeSession();
            }
        });
    }

    boolean isDozing() {
        return dozing;
    }

    /** From now on it asks for nothing; it still gives signs of life. */
    void fallSilent() {
        silent = true;
    }
}
