package org.chartkeeper.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/** The address of a list with its filters, which makes a filtered list a link that can be saved. */
public final class FilterAddress {

    private final String path;
    private final Map<String, String> fields = new LinkedHashMap<>();

    public FilterAddress(String path) {
        this.path = path;
    }

    /** Adds a filter; what is null or blank is none. */
    public FilterAddress and(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            fields.put(name, value);
        }
        return this;
    }

    /** The filters as a saved view keeps them, {@code whose=mine&state=held}; empty where there is none. */
    public String text() {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining("&"));
    }

    /** The address with one filter set or, with a null value, taken away. */
    public String with(String name, @Nullable String value) {
        Map<String, String> changed = new LinkedHashMap<>(fields);
        changed.remove(name);
        if (value != null) {
            changed.put(name, value);
        }
        UriComponentsBuilder uri = UriComponentsBuilder.fromPath(path);
        changed.forEach((key, each) -> uri.queryParam(key, each));
        return uri.build().toUriString();
    }

    /** An id that came in an address; null where it is none. */
    public static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
