package io.pando.client.shell;

/** The few colours of the shell, as terminals know them. */
enum Colour {
    RED(31),
    GREEN(32),
    YELLOW(33),
    BLUE(34),
    GREY(90);

    private final int number;

    Colour(int number) {
        this.number = number;
    }

    /** The text in this colour, if colours are shown. */
    String of(String text, boolean shown) {
        return shown ? "\u001b[" + number + "m" + text + "\u001b[0m" : text;
    }
}
