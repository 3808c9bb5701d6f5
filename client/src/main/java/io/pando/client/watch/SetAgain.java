package io.pando.client.watch;

import io.pando.session.WatchRequest.SetWatches;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts the paths of many watches into requests that stay far below the frame that a server takes; a single one for a great many
 * watches would be refused at every reconnect.
 */
final class SetAgain {
    /** The characters of a path may take three bytes each, so this is 384 KiB at most. */
    private static final int MOST_CHARACTERS = 128 * 1024;

    private static final int PER_PATH = 4;

    private final long lastZxid;
    private final Consumer<SetWatches> send;
    private List<String> data = new ArrayList<>();
    private List<String> exists = new ArrayList<>();
    private List<String> children = new ArrayList<>();
    private List<String> persistent = new ArrayList<>();
    private List<String> recursive = new ArrayList<>();
    private int characters;

    SetAgain(long lastZxid, Consumer<SetWatches> send) {
        this.lastZxid = lastZxid;
        this.send = send;
    }

    void data(String path) {
        makeRoom(path);
        data.add(path);
    }

    void exists(String path) {
        makeRoom(path);
        exists.add(path);
    }

    void children(String path) {
        makeRoom(path);
        children.add(path);
    }

    void persistent(String path) {
        makeRoom(path);
        persistent.add(path);
    }

    void recursive(String path) {
        makeRoom(path);
        recursive.add(path);
    }

    void flush() {
        if (characters == 0) {
            return;
        }
        send.accept(new SetWatches(lastZxid, data, exists, children, persistent, recursive));
        data = new ArrayList<>();
        exists = new ArrayList<>();
        children = new ArrayList<>();
        persistent = new ArrayList<>();
        recursive = new ArrayList<>();
        characters = 0;
    }

    private void makeRoom(String path) {
        if (characters + path.length() + PER_PATH > MOST_CHARACTERS) {
            flush();
        }
        characters += path.length() + PER_PATH;
    }
}
