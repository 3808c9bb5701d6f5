package io.pando.server.watch;

import io.pando.datatree.Id;
import io.pando.session.EventType;
import java.util.ArrayList;
import java.util.List;

/** A watcher that writes down what it is told. */
public final class RecordingWatcher implements Watcher {
    private final String name;
    private final List<Id> identities;
    private final List<String> sharedJournal;
    private final List<String> told = new ArrayList<>();

    /** @param sharedJournal gets what all watchers of a test are told, each line with the watcher's name in front */
    public RecordingWatcher(String name, List<Id> identities, List<String> sharedJournal) {
        this.name = name;
        this.identities = identities;
        this.sharedJournal = sharedJournal;
    }

    public RecordingWatcher(Id... identities) {
        this("a watcher", List.of(identities), new ArrayList<>());
    }

    @Override
    public List<Id> identities() {
        return identities;
    }

    @Override
    public void tell(Notification event) {
        String line = line(event.event().type(), event.event().path(), event.zxid());
        told.add(line);
        sharedJournal.add(name + ": " + line);
    }

    public static String line(EventType type, String path, long zxid) {
        return type + " " + path + " @" + zxid;
    }

    /** What it was told since the last call. */
    public List<String> takeTold() {
        List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    @Override
    public long sessionId() {
        return 0;
    }

    @Override
    public String toString() {
        return name;
    }
}
