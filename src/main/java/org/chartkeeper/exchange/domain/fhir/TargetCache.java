package org.chartkeeper.exchange.domain.fhir;

import java.util.LinkedHashMap;
import java.util.Map;

/** The targets that were asked for last, of one run; bounded. */
final class TargetCache {

    private static final int MOST = 60_000;

    private final Map<String, Target> targets = new LinkedHashMap<>(1024, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Target> eldest) {
            return size() > MOST;
        }
    };

    @org.jspecify.annotations.Nullable
    Target get(String key) {
        return targets.get(key);
    }

    void putAll(Map<String, Target> committed) {
        targets.putAll(committed);
    }
}
