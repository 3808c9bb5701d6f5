package io.pando.server.ensemble;

/** What a server is at a moment, by its own word. The order is that in which they are told. */
enum Standing {
    LEADS("leads", "lead"),
    FOLLOWS("follows", "follow"),
    OBSERVES("observes", "observe"),
    SERVES_ALONE("serves alone", "serve alone"),
    READS_ONLY("is cut off and lets clients read", "are cut off and let clients read"),
    LOOKS("looks for a leader", "look for a leader"),
    SILENT("does not answer", "do not answer");

    private final String singular;
    private final String plural;

    Standing(String singular, String plural) {
        this.singular = singular;
        this.plural = plural;
    }

    String verb(int subjects) {
        return subjects == 1 ? singular : plural;
    }

    /** The answer to {@code srvr}. */
    static Standing of(String srvr) {
        String mode = srvr.lines()
                .filter(line -> line.startsWith("Mode: "))
                .map(line -> line.substring("Mode: ".length()))
                .findFirst()
                .orElse("");
        return switch (mode) {
            case "leader" -> LEADS;
            case "follower" -> FOLLOWS;
            case "observer" -> OBSERVES;
            case "standalone" -> SERVES_ALONE;
            case "read-only" -> READS_ONLY;
            default -> LOOKS;
        };
    }
}
