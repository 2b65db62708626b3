package org.chartkeeper.exchange.domain.fhir;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How resources are known and referred to within a source.
 *
 * <p>A resource's key is its fullUrl, without {@code urn:uuid:}, or its id. A reference becomes one or more keys that it
 * may mean, in the order in which they are tried: {@code Patient|123}, or {@code Practitioner?system|value} for one by
 * identifier.
 */
final class ReferenceKeys {

    private static final String URN_UUID = "urn:uuid:";

    private ReferenceKeys() {}

    /** The key of a resource; {@code hash} is that of its content, for one that has neither fullUrl nor id. */
    static String of(@Nullable String fullUrl, @Nullable String id, String hash) {
        if (fullUrl != null && !fullUrl.isBlank()) {
            return fullUrl.startsWith(URN_UUID) ? fullUrl.substring(URN_UUID.length()) : withoutHistory(fullUrl);
        }
        return id != null && !id.isBlank() ? id : "sha256:" + hash;
    }

    /** The base that relative references of a resource stand on; null where its fullUrl is no REST address. */
    static @Nullable String base(@Nullable String fullUrl, String type) {
        if (fullUrl == null || !fullUrl.startsWith("http")) {
            return null;
        }
        int at = fullUrl.indexOf("/" + type + "/");
        return at < 0 ? null : fullUrl.substring(0, at);
    }

    /**
     * The keys that a reference may mean.
     *
     * @param types what may stand there; the reference's own type counts where it names one
     */
    static List<String> candidates(Element reference, @Nullable String base, List<String> types) {
        String written = reference.text("reference");
        if (written == null) {
            Element identifier = reference.child("identifier");
            String value = identifier == null ? null : identifier.text("value");
            if (identifier == null || value == null) {
                return List.of();
            }
            String token = identifier.text("system", "") + "|" + value;
            String type = reference.text("type");
            return type != null && types.contains(type)
                    ? List.of(type + "?" + token)
                    : types.stream().map(each -> each + "?" + token).toList();
        }
        return candidates(written, base, types);
    }

    static List<String> candidates(String written, @Nullable String base, List<String> types) {
        int query = written.indexOf('?');
        if (query > 0) {
            return conditional(written.substring(0, query), written.substring(query + 1), types);
        }
        if (written.startsWith("urn:")) {
            String key = written.startsWith(URN_UUID) ? written.substring(URN_UUID.length()) : written;
            return types.stream().map(type -> type + "|" + key).toList();
        }
        String plain = withoutHistory(written);
        int slash = plain.lastIndexOf('/');
        if (slash <= 0) {
            return List.of();
        }
        String id = plain.substring(slash + 1);
        String before = plain.substring(0, slash);
        String type = before.substring(before.lastIndexOf('/') + 1);
        if (!types.contains(type)) {
            return List.of();
        }
        List<String> keys = new ArrayList<>(2);
        if (written.startsWith("http")) {
            keys.add(type + "|" + plain);
        } else if (base != null) {
            keys.add(type + "|" + base + "/" + plain);
        }
        keys.add(type + "|" + id);
        return keys;
    }

    private static List<String> conditional(String path, String query, List<String> types) {
        String type = path.substring(path.lastIndexOf('/') + 1);
        if (!types.contains(type)) {
            return List.of();
        }
        for (String parameter : query.split("&")) {
            if (parameter.startsWith("identifier=")) {
                String token = parameter.substring("identifier=".length());
                String value;
                try {
                    value = token.indexOf('%') < 0 ? token : URLDecoder.decode(token, StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return List.of();
                }
                return value.indexOf('|') < 0 ? List.of(type + "?|" + value) : List.of(type + "?" + value);
            }
        }
        return List.of();
    }

    private static String withoutHistory(String url) {
        int history = url.indexOf("/_history/");
        return history < 0 ? url : url.substring(0, history);
    }
}
