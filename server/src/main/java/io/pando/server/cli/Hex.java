package io.pando.server.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Zxids and session ids as ZooKeeper prints them, {@code 0x500000007}, and back. */
final class Hex implements ITypeConverter<Long> {

    static String of(long number) {
        return "0x" + Long.toHexString(number);
    }

    @Override
    public Long convert(String text) {
        try {
            return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException wrong) {
            throw new TypeConversionException("\"" + text + "\" is not a zxid, such as 0x500000007");
        }
    }
}
