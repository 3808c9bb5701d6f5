package io.pando.client.shell;

import io.pando.client.error.PandoException;
import io.pando.client.follow.Follow;
import io.pando.client.follow.FollowEvent;
import io.pando.client.watch.Handle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows a subtree and then what happens to it, live. */
@Command
final class FollowCommand extends CommandGroup {
    private final Link link;
    private final Printer printer;

    FollowCommand(Link link, Printer printer) {
        this.link = link;
        this.printer = printer;
    }

    @Command(
            name = "follow",
            description = {
                "Shows a znode and what is below it, then every change, until Ctrl-C.",
                "After a lost connection it says what has changed meanwhile: of each znode the latest state is never"
                        + " missed."
            })
    void follow(
            @Option(names = "--only", description = "The znode without what is below it.") boolean onlyItself,
            @Option(names = "-n", paramLabel = "COUNT", description = "Ends after so many lines.")
                    Optional<Integer> count,
            @Parameters(paramLabel = "PATH", arity = "0..1", defaultValue = "/", description = "Default: the root.")
                    String path)
            throws InterruptedException {
        BlockingQueue<FollowEvent> events = new LinkedBlockingQueue<>();
        Follow follow = link.pando().follow(path);
        if (onlyItself) {
            follow.onlyItself();
        }
        Handle following = follow.start(events::add);
        try {
            for (int left = count.orElse(Integer.MAX_VALUE); left > 0; left--) {
                tell(events.take());
            }
        } catch (InterruptedException enough) {
            // Ctrl-C is how one stops looking.
        } finally {
            following.close();
        }
    }

    private void tell(FollowEvent event) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        if (event instanceof FollowEvent.Put put) {
            json.put("event", "put");
            json.put("path", put.path());
            Znode.putData(json, put.data());
            json.put("step", put.step().name());
            json.put("stat", StatText.json(put.stat()));
            String sign = put.step() == FollowEvent.Step.NEW ? "+ " : "~ ";
            String jumped = put.step() == FollowEvent.Step.JUMPED ? "  (versions in between were not seen)" : "";
            printer.show(
                    printer.coloured(Colour.GREEN, sign + put.path()) + "  v"
                            + put.stat().version() + "  " + Text.of(put.data()) + printer.coloured(Colour.GREY, jumped),
                    json);
        } else if (event instanceof FollowEvent.Removed removed) {
            json.put("event", "removed");
            json.put("path", removed.path());
            printer.show(printer.coloured(Colour.RED, "- " + removed.path()), json);
        } else if (event instanceof FollowEvent.InSync inSync) {
            json.put("event", "inSync");
            json.put("zxid", inSync.zxid());
            printer.show(printer.coloured(Colour.GREY, "= in sync at zxid " + StatText.hex(inSync.zxid())), json);
        } else if (event instanceof FollowEvent.Stale) {
            json.put("event", "stale");
            printer.show(printer.coloured(Colour.YELLOW, "? connection lost; what is shown may be old"), json);
        } else if (event instanceof FollowEvent.Ended ended) {
            PandoException reason = ended.reason();
            throw reason;
        }
    }
}
