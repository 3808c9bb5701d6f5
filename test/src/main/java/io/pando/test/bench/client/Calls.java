package io.pando.test.bench.client;

import java.util.List;
import java.util.Locale;

/**
 * Calls of one client on znodes that are there.
 *
 * @param outstanding how many of them at a time; 1 means the library's own waiting call
 * @param folder the parent of the znodes
 * @param keys how many znodes there are, named by {@link #path}
 * @param warmUpMs milliseconds before anything counts
 * @param timeMs milliseconds that count
 */
public record Calls(
        Operation operation, int outstanding, String folder, int keys, int dataBytes, long warmUpMs, long timeMs) {
    static final String WORK = "calls";

    /** What is asked. */
    public enum Operation {
        GET {
            @Override
            void send(ClientUnderTest client, String path, byte[] data, ClientUnderTest.Answered answered)
                    throws Exception {
                client.get(path, answered);
            }

            @Override
            void call(ClientUnderTest client, String path, byte[] data) throws Exception {
                client.getNow(path);
            }
        },
        SET {
            @Override
            void send(ClientUnderTest client, String path, byte[] data, ClientUnderTest.Answered answered)
                    throws Exception {
                client.set(path, data, answered);
            }

            @Override
            void call(ClientUnderTest client, String path, byte[] data) throws Exception {
                client.setNow(path, data);
            }
        };

        abstract void send(ClientUnderTest client, String path, byte[] data, ClientUnderTest.Answered answered)
                throws Exception;

        abstract void call(ClientUnderTest client, String path, byte[] data) throws Exception;

        /** As the workload is called. */
        public String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String path(int key) {
        return folder + "/k%09d".formatted(key);
    }

    /** For the command line of a worker. */
    List<String> arguments() {
        return List.of(
                WORK,
                operation.name(),
                Integer.toString(outstanding),
                folder,
                Integer.toString(keys),
                Integer.toString(dataBytes),
                Long.toString(warmUpMs),
                Long.toString(timeMs));
    }

    static Calls of(List<String> arguments) {
        return new Calls(
                Operation.valueOf(arguments.get(1)),
                Integer.parseInt(arguments.get(2)),
                arguments.get(3),
                Integer.parseInt(arguments.get(4)),
                Integer.parseInt(arguments.get(5)),
                Long.parseLong(arguments.get(6)),
                Long.parseLong(arguments.get(7)));
    }
}
