package io.pando.test.whole;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Cuts one server off from all others for so long that it serves those who are content to read, and has somebody come who is. When it is
 * not alone any more, its readers have to move on.
 */
final class Loneliness {
    private static final long MILLISECOND = World.SECOND / 1000;
    private static final long VISIT_EVERY_NANOS = 100 * MILLISECOND;

    private final World world;
    private final SplittableRandom random;
    private boolean over;

    Loneliness(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
        if (world.profile().hasReaders()) {
            world.clients().getLast().beContentToRead();
        }
    }

    void begin() {
        if (world.profile().hasReaders()) {
            List<SimServer> all = List.copyOf(world.servers());
            SimServer lonely = all.get(random.nextInt(all.size()));
            world.scheduler().in((600 + random.nextLong(300)) * MILLISECOND, () -> beginWith(lonely));
        }
    }

    void stop() {
        over = true;
    }

    private void beginWith(SimServer lonely) {
        world.coverage().count("fault LONELINESS");
        world.trace("nemesis", "LONELINESS, " + lonely);
        cut(lonely);
        world.scheduler().in((3_500 + random.nextLong(1_000)) * MILLISECOND, () -> {
            over = true;
            for (SimServer other : world.servers()) {
                world.paths().healBoth(lonely.id(), other.id());
            }
        });
        visit(lonely);
    }

    /** Others who cut ways may have healed some of these. */
    private void cut(SimServer lonely) {
        for (SimServer other : world.servers()) {
            if (!other.equals(lonely)) {
                world.paths().cutBoth(lonely.id(), other.id());
            }
        }
    }

    private void visit(SimServer lonely) {
        world.scheduler().in(VISIT_EVERY_NANOS, () -> {
            if (!over) {
                cut(lonely);
                Life life = lonely.life();
                SimClient reader = world.clients().getLast();
                if (life != null && life.servesReadersAlone() && !reader.isReadingAlone()) {
                    reader.visit(lonely);
                }
                visit(lonely);
            }
        });
    }
}
