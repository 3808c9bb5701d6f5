package io.pando.server.cli;

/** How a command ended, for scripts and supervisors: one number per thing that they would do something else about. */
enum ExitCode {
    OK(0, "Done; for a server: it was asked to stop and did."),
    CONFIGURATION(1, "The command line or the configuration is wrong; starting again changes nothing."),
    DATA_IN_USE(2, "Another process uses the data directory."),
    STORAGE_DAMAGED(3, "What is stored can't be vouched for, or can't be read."),
    PORT_IN_USE(4, "The client port could not be opened."),
    HALTED(5, "The running server stopped itself, because it could not keep a promise; see its log."),
    UNEXPECTED(6, "Something that nobody foresaw; see the stack trace.");

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
