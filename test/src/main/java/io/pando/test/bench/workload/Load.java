package io.pando.test.bench.workload;

/** So many connections with so many requests in flight on each, written {@code 8x32}. */
public record Load(int connections, int outstanding) {
    public static final Load ONE_AT_A_TIME = new Load(1, 1);
    public static final Load PIPELINED = new Load(8, 32);
    public static final Load MANY = new Load(64, 1);
    /** A transaction of ten is ten requests' work. */
    public static final Load PIPELINED_MULTI = new Load(4, 16);

    public Load {
        if (connections < 1 || outstanding < 1) {
            throw new IllegalArgumentException("A load needs at least one connection and one request in flight.");
        }
    }

    public static Load of(String text) {
        int x = text.indexOf('x');
        try {
            return new Load(
                    Integer.parseInt(text.substring(0, Math.max(0, x))), Integer.parseInt(text.substring(x + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "A load is written CONNECTIONSxOUTSTANDING, such as 8x32, not " + text + ".");
        }
    }

    public boolean isOneAtATime() {
        return connections == 1 && outstanding == 1;
    }

    @Override
    public String toString() {
        return connections + "x" + outstanding;
    }
}
