package org.chartkeeper.exchange.domain.fhir;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An element of a resource, read by the types that FHIR gives its parts.
 *
 * <p>Every reader answers null or an empty list where the part is absent, and throws {@link WrongType} where it is there
 * but of another type.
 */
final class Element {

    private final JsonNode node;
    private final @Nullable Element parent;
    private final String name;

    private Element(JsonNode node, @Nullable Element parent, String name) {
        this.node = node;
        this.parent = parent;
        this.name = name;
    }

    static Element of(JsonNode resource) {
        JsonNode type = resource.get("resourceType");
        return new Element(resource, null, type != null && type.isString() ? type.stringValue() : "resource");
    }

    /** Its path from the resource, such as {@code Observation.valueQuantity.value}. */
    String path() {
        return parent == null ? name : parent.path() + "." + name;
    }

    JsonNode node() {
        return node;
    }

    private WrongType wrong(String part, String expected) {
        return new WrongType("wrong type: " + path() + "." + part + " is no " + expected);
    }

    private @Nullable JsonNode part(String part) {
        JsonNode value = node.get(part);
        return value == null || value.isNull() ? null : value;
    }

    boolean has(String part) {
        return part(part) != null;
    }

    @Nullable
    Element child(String part) {
        JsonNode value = part(part);
        if (value == null) {
            return null;
        }
        if (!value.isObject()) {
            throw wrong(part, "object");
        }
        return new Element(value, this, part);
    }

    /** Like {@link #child}, for a part that FHIR requires. */
    Element required(String part) {
        Element child = child(part);
        if (child == null) {
            throw new WrongType(path() + "." + part + " is missing");
        }
        return child;
    }

    List<Element> children(String part) {
        JsonNode value = part(part);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(part, "array");
        }
        if (value.size() == 1 && value.get(0).isObject()) {
            return List.of(new Element(value.get(0), this, part));
        }
        List<Element> children = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isObject()) {
                throw wrong(part + "[" + i + "]", "object");
            }
            children.add(new Element(value.get(i), this, part + "[" + i + "]"));
        }
        return children;
    }

    /** The first of a list, null where it is empty. */
    @Nullable
    Element first(String part) {
        List<Element> children = children(part);
        return children.isEmpty() ? null : children.get(0);
    }

    /** A text; blank counts as absent. */
    @Nullable
    String text(String part) {
        JsonNode value = part(part);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw wrong(part, "text");
        }
        String text = value.stringValue();
        // PostgreSQL cannot hold U+0000, and no text needs it.
        return text.isBlank() ? null : text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }

    String text(String part, String otherwise) {
        return Objects.requireNonNullElse(text(part), otherwise);
    }

    String requiredText(String part) {
        String text = text(part);
        if (text == null) {
            throw new WrongType(path() + "." + part + " is missing");
        }
        return text;
    }

    List<String> texts(String part) {
        JsonNode value = part(part);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(part, "array");
        }
        List<String> texts = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            if (item.isNull()) {
                continue;
            }
            if (!item.isString()) {
                throw wrong(part, "list of texts");
            }
            texts.add(item.stringValue());
        }
        return texts;
    }

    @Nullable
    Boolean flag(String part) {
        JsonNode value = part(part);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw wrong(part, "boolean");
        }
        return value.booleanValue();
    }

    @Nullable
    Integer whole(String part) {
        JsonNode value = part(part);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(part, "whole number");
        }
        return value.intValue();
    }

    /** A decimal as text with the digits that it was given. */
    @Nullable
    String decimal(String part) {
        JsonNode value = part(part);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw wrong(part, "number");
        }
        BigDecimal decimal = value.decimalValue();
        // 1E+400 would be a text of 400 digits; nothing that is measured needs more than this.
        if (Math.abs((long) decimal.scale()) > 40 || decimal.precision() > 60) {
            throw wrong(part, "number of a usual size");
        }
        return decimal.toPlainString();
    }

    /** A date or moment of whatever precision; {@code zone} is for those without an offset. */
    @Nullable
    FhirTime time(String part, ZoneId zone) {
        String text = text(part);
        if (text == null) {
            return null;
        }
        try {
            return FhirTime.parse(text, zone);
        } catch (DateTimeException e) {
            throw wrong(part, "date or time of FHIR");
        }
    }
}
