package org.chartkeeper.access.web;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.chartkeeper.access.ContentPolicyReports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

@Component
class PolicyReports implements ContentPolicyReports {

    private static final Logger LOG = LoggerFactory.getLogger(PolicyReports.class);
    private static final int KEPT = 100;

    private final Deque<String> newest = new ArrayDeque<>();
    private long count;

    /** Only the first hundred are logged: a page gone wrong, or a person of bad will, can send any number. */
    synchronized void add(String report) {
        if (count < KEPT) {
            LOG.warn("content policy: {}", report);
        }
        count++;
        newest.addLast(report);
        if (newest.size() > KEPT) {
            newest.removeFirst();
        }
    }

    @Override
    public synchronized long count() {
        return count;
    }

    @Override
    public synchronized List<String> newest() {
        return List.copyOf(newest);
    }
}
