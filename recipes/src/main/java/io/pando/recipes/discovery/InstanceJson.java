package io.pando.recipes.discovery;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** The JSON that an instance's znode holds, as Curator's {@code JsonInstanceSerializer} reads and writes it. */
final class InstanceJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private InstanceJson() {}

    /**
     * The bytes.
     *
     * @throws IllegalArgumentException when the payload is no JSON
     */
    static byte[] encode(ServiceInstance instance) {
        ObjectNode json = JSON.createObjectNode();
        json.put("name", instance.name());
        json.put("id", instance.id());
        json.put("address", instance.address().isEmpty() ? null : instance.address());
        putNumber(json, "port", instance.port());
        putNumber(json, "sslPort", instance.sslPort());
        json.set("payload", payload(instance));
        json.put("registrationTimeUTC", instance.registered().toEpochMilli());
        json.put("serviceType", instance.kind().name());
        json.set(
                "uriSpec", instance.uriSpec().<JsonNode>map(InstanceJson::parts).orElseGet(JSON::nullNode));
        json.put("enabled", instance.enabled());
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void putNumber(ObjectNode json, String name, OptionalInt number) {
        if (number.isPresent()) {
            json.put(name, number.getAsInt());
        } else {
            json.putNull(name);
        }
    }

    private static JsonNode payload(ServiceInstance instance) {
        if (instance.payload().isEmpty()) {
            return JSON.nullNode();
        }
        try {
            return JSON.readTree(instance.payload().get());
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(
                    "The payload of " + instance.id() + " is no JSON: " + broken.getOriginalMessage(), broken);
        }
    }

    private static ObjectNode parts(String pattern) {
        ObjectNode spec = JSON.createObjectNode();
        ArrayNode parts = spec.putArray("parts");
        for (UriPattern.Part part : UriPattern.of(pattern).parts()) {
            parts.addObject().put("value", part.value()).put("variable", part.variable());
        }
        return spec;
    }

    /** What it describes; empty for data that describes no instance. */
    static Optional<ServiceInstance> decode(byte[] data) {
        try {
            JsonNode json = JSON.readTree(data);
            @Nullable String name = text(json, "name");
            @Nullable String id = text(json, "id");
            if (name == null || id == null) {
                return Optional.empty();
            }
            @Nullable String address = text(json, "address");
            JsonNode payload = json.path("payload");
            JsonNode spec = json.path("uriSpec").path("parts");
            return Optional.of(new ServiceInstance(
                    name,
                    id,
                    address == null ? "" : address,
                    number(json, "port"),
                    number(json, "sslPort"),
                    payload.isMissingNode() || payload.isNull() ? Optional.empty() : Optional.of(payload.toString()),
                    Instant.ofEpochMilli(json.path("registrationTimeUTC").asLong()),
                    kind(json.path("serviceType").asText()),
                    spec.isArray() ? Optional.of(pattern(spec)) : Optional.empty(),
                    json.path("enabled").asBoolean(true)));
        } catch (JacksonException notJson) {
            return Optional.empty();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable String text(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isTextual() ? value.asText() : null;
    }

    private static OptionalInt number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.canConvertToInt() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
    }

    private static Kind kind(String name) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        return Kind.DYNAMIC;
    }

    private static String pattern(JsonNode spec) {
        List<UriPattern.Part> parts = new ArrayList<>();
        for (JsonNode part : spec) {
            parts.add(new UriPattern.Part(
                    part.path("value").asText(), part.path("variable").asBoolean()));
        }
        return new UriPattern(parts).text();
    }
}
