package io.pando.recipes.discovery;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with variables in braces, cut into parts as Curator's {@code UriSpec} stores them; there the variables {@code [} and {@code ]}
 * stand for braces.
 */
record UriPattern(List<Part> parts) {
    record Part(String value, boolean variable) {}

    static UriPattern of(String text) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                parts.add(new Part(text.substring(at), false));
                break;
            }
            if (open > at) {
                parts.add(new Part(text.substring(at, open), false));
            }
            parts.add(new Part(text.substring(open + 1, close).trim(), true));
            at = close + 1;
        }
        return new UriPattern(List.copyOf(parts));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.variable ? "{" + part.value + "}" : part.value));
        return text.toString();
    }

    String fill(ServiceInstance instance) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.variable ? value(part.value, instance) : part.value));
        return text.toString();
    }

    private static String value(String variable, ServiceInstance instance) {
        return switch (variable) {
            case "scheme" -> instance.sslPort().isPresent() ? "https" : "http";
            case "name" -> instance.name();
            case "id" -> instance.id();
            case "address" -> instance.address();
            case "port" ->
                instance.port().isPresent() ? Integer.toString(instance.port().getAsInt()) : "";
            case "ssl-port" ->
                instance.sslPort().isPresent()
                        ? Integer.toString(instance.sslPort().getAsInt())
                        : "";
            case "registration-time-utc" -> Long.toString(instance.registered().toEpochMilli());
            case "service-type" -> instance.kind().name();
            case "[" -> "{";
            case "]" -> "}";
            default -> "{" + variable + "}";
        };
    }
}
