package io.pando.client.shell;

/** How a command ended, for scripts. */
enum ExitCode {
    OK(0, "Done."),
    REFUSED(1, "The server said no, such as to a znode that does not exist."),
    USAGE(2, "The command line is wrong."),
    DISCONNECTED(3, "No server answered, or not to the end.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }
}
