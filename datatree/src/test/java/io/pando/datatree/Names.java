package io.pando.datatree;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.arbitraries.StringArbitrary;

/** Names as znodes may have them, and a few that they may not, but that have no surrogates either. */
final class Names {
    private Names() {}

    /** Of one, two and three bytes a character, and mixtures of these; also empty, as that of the root. */
    static Arbitrary<String> ofAllKinds() {
        return Arbitraries.oneOf(
                ascii(Arbitraries.strings()).ofMaxLength(12),
                latin(Arbitraries.strings()).ofMaxLength(4),
                cyrillic(Arbitraries.strings()).ofMaxLength(4),
                chinese(Arbitraries.strings()).ofMaxLength(4),
                edges(Arbitraries.strings()).ofMaxLength(3),
                edges(ascii(latin(cyrillic(chinese(Arbitraries.strings()))))).ofMaxLength(8));
    }

    private static StringArbitrary ascii(StringArbitrary others) {
        return others.withCharRange(' ', '~');
    }

    private static StringArbitrary latin(StringArbitrary others) {
        return others.withCharRange('\u00a0', '\u00ff');
    }

    private static StringArbitrary cyrillic(StringArbitrary others) {
        return others.withCharRange('\u0400', '\u04ff');
    }

    private static StringArbitrary chinese(StringArbitrary others) {
        return others.withCharRange('\u4e00', '\u9fff');
    }

    /** The first and the last of each number of bytes, and neighbours of surrogates. */
    private static StringArbitrary edges(StringArbitrary others) {
        return others.withChars(
                '\u0000', 'a', '\u007f', '\u0080', '\u07ff', '\u0800', '\ud7ff', '\ue000', '\uffef', '\ufffd',
                '\uffff');
    }
}
