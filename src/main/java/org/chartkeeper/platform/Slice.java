package org.chartkeeper.platform;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list, paged by key.
 *
 * @param next the key that the next page starts after, null at the end
 */
public record Slice<T>(List<T> items, @Nullable String next) {

    public <R> Slice<R> map(Function<T, R> change) {
        return new Slice<>(items.stream().map(change).toList(), next);
    }
}
