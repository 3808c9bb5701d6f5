package io.pando.test.fuzz;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as text, by what they hold: records of messages carry arrays, which compare by identity. */
final class Described {
    private Described() {}

    static String of(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        describe(value, text);
        return text.toString();
    }

    private static void describe(@Nullable Object value, StringBuilder text) {
        switch (value) {
            case null -> text.append("null");
            case byte[] bytes -> text.append("0x").append(HexFormat.of().formatHex(bytes));
            case ByteBuffer buffer -> {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                describe(bytes, text);
            }
            case Collection<?> many -> {
                text.append('[');
                many.forEach(one -> {
                    describe(one, text);
                    text.append(',');
                });
                text.append(']');
            }
            case Map<?, ?> map ->
                describe(map.entrySet().stream().map(String::valueOf).sorted().toList(), text);
            case Record record -> describeRecord(record, text);
            default -> text.append(value);
        }
    }

    private static void describeRecord(Record record, StringBuilder text) {
        text.append(record.getClass().getSimpleName()).append('(');
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                describe(component.getAccessor().invoke(record), text);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("A record that does not show its " + component.getName(), e);
            }
            text.append(',');
        }
        text.append(')');
    }
}
