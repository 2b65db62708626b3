package org.chartkeeper.chart.document.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.chart.IntakeState;
import org.chartkeeper.chart.document.MalwareScanner;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Whether files are looked through for malware and their words recognized, and how long they wait. */
@Service
class IntakeHealth implements IntakeState {

    private static final Duration LONG = Duration.ofDays(3);

    private final JdbcClient jdbc;
    private final MalwareScanner scanner;
    private final Recognition recognition;
    private final Clock clock;

    IntakeHealth(JdbcClient jdbc, MalwareScanner scanner, Recognition recognition, Clock clock) {
        this.jdbc = jdbc;
        this.scanner = scanner;
        this.recognition = recognition;
        this.clock = clock;
    }

    @Override
    @Requires(Permission.SYSTEM_STATUS)
    @Transactional(readOnly = true)
    public List<Fact> read() {
        List<Fact> facts = new ArrayList<>();
        facts.add(scanning(scanner.health()));
        facts.add(
                recognition.installed()
                        ? new Fact("Text recognition", "Tesseract", "ok", null)
                        : new Fact(
                                "Text recognition", "not installed: scans are not searched by their words", "", null));
        jdbc.sql("""
                        SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
                               count(*) FILTER (WHERE state = 'receiving') AS receiving,
                               min(received_at) FILTER (WHERE state = 'waiting') AS oldest
                        FROM intake_file WHERE state IN ('waiting', 'receiving')
                        """).query(row -> {
            OffsetDateTime oldest = row.getObject("oldest", OffsetDateTime.class);
            facts.add(waiting(row.getInt("waiting"), oldest == null ? null : oldest.toInstant()));
            facts.add(new Fact("Files on their way in", Integer.toString(row.getInt("receiving")), "", null));
        });
        return facts;
    }

    private static Fact scanning(MalwareScanner.Health health) {
        if (!health.active()) {
            return new Fact(
                    "Malware scanner",
                    "off",
                    "warn",
                    "Files that are sent in are looked through for scripts and bombs, but not for known malware. Run ClamAV's"
                            + " daemon and set chartkeeper.documents.clamav.host and .port.");
        }
        return health.answering()
                ? new Fact("Malware scanner", health.words(), "ok", null)
                : new Fact(
                        "Malware scanner",
                        health.words(),
                        "stop",
                        "No file is taken in while it does not answer. Start it, or correct"
                                + " chartkeeper.documents.clamav.host and .port.");
    }

    private Fact waiting(int number, @org.jspecify.annotations.Nullable Instant oldest) {
        if (oldest == null) {
            return new Fact("Files to index", "none", "ok", null);
        }
        long days = Duration.between(oldest, clock.instant()).toDays();
        String value = number + ", the oldest for " + (days == 1 ? "1 day" : days + " days");
        return oldest.isBefore(clock.instant().minus(LONG))
                ? new Fact(
                        "Files to index",
                        value,
                        "warn",
                        "What is not indexed is in no chart. Have records specialists work the queue of documents.")
                : new Fact("Files to index", value, "", null);
    }
}
