package org.chartkeeper.web;

import java.util.UUID;

/**
 * A worklist's filters under a name of the person's own.
 *
 * @param list path of the list
 * @param query filters as in the address, without the question mark; empty for none
 * @param standard whether the person wants it first
 */
record SavedView(UUID id, String list, String name, String query, boolean standard) {

    /** Where the view leads. */
    public String getPath() {
        return query.isEmpty() ? list : list + "?" + query;
    }
}
