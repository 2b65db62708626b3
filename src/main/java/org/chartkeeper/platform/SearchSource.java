package org.chartkeeper.platform;

import java.util.List;

/** Answers the search palette; modules implement it. */
public interface SearchSource {

    /** Heading of its results. */
    String title();

    Permission permission();

    /** The best hits, best first; an implementation that shows patients records the search in the audit trail. */
    List<Hit> search(Actor actor, String query, int limit);

    /** One hit. */
    record Hit(String label, String detail, String path) {}
}
