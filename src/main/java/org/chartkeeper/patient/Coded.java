package org.chartkeeper.patient;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value of one of the small value sets of registration: what is stored and what a page shows. */
public interface Coded {

    /** What is stored; never changes. */
    String code();

    /** What a page shows. */
    String label();

    /** The value of this code; empty where there is none or the code is null or blank. */
    static <E extends Enum<E> & Coded> Optional<E> find(Class<E> values, @Nullable String code) {
        return Arrays.stream(values.getEnumConstants())
                .filter(value -> value.code().equals(code))
                .findFirst();
    }

    /** @throws IllegalArgumentException where no value has this code */
    static <E extends Enum<E> & Coded> E of(Class<E> values, String code) {
        return find(values, code)
                .orElseThrow(() -> new IllegalArgumentException("no " + values.getSimpleName() + " " + code));
    }
}
