package org.chartkeeper.patient.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chartkeeper.platform.ChainCheck;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Proves the versions of registrations in the order of their chains. */
@Service
class RegistrationCheck implements ChainCheck {

    private static final int MOST_FINDINGS = 1_000;

    private final VersionRows versions;
    private final JdbcTemplate database;

    RegistrationCheck(VersionRows versions, JdbcTemplate database) {
        this.versions = versions;
        this.database = database;
    }

    @Override
    public String subject() {
        return "registration";
    }

    @Override
    @Requires(Permission.SYSTEM_STATUS)
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public Result check() {
        database.execute("set local statement_timeout = 0");
        Run run = new Run();
        versions.each(run::version);
        run.end();
        database.query(
                "select p.id from patient p where not exists (select 1 from patient_version v where v.patient_id = p.id)",
                row -> {
                    run.find(row.getString("id"), 0, "there is a patient, and no version");
                });
        return new Result(run.versions, List.copyOf(run.findings));
    }

    private static final class Run {
        private final List<Finding> findings = new ArrayList<>();
        private long versions;
        private VersionRows.@Nullable Checked last;

        void version(VersionRows.Checked now) {
            versions++;
            VersionRows.Checked before = last;
            if (before != null && !before.patient().equals(now.patient())) {
                end();
                before = null;
            }
            last = now;
            int expected = before == null ? 1 : before.number() + 1;
            if (now.number() != expected) {
                find(now, "version " + expected + " is missing before it");
            } else if (!Objects.equals(now.predecessor(), before == null ? null : before.hash())) {
                find(now, "it does not name the hash of the version before it");
            }
            if (!now.intact()) {
                find(now, "the version is not what its hash says");
            }
            if (!now.recorded()) {
                find(now, "the audit trail has no event that made it");
            }
        }

        /** The newest version of a patient was read. */
        void end() {
            VersionRows.Checked newest = last;
            if (newest != null && newest.current() != newest.number()) {
                find(
                        newest.patient().toString(),
                        0,
                        "the patient stands at version " + newest.current() + ", the newest is " + newest.number());
            }
        }

        private void find(VersionRows.Checked version, String what) {
            find(version.patient().toString(), version.number(), what);
        }

        void find(String patient, int version, String what) {
            if (findings.size() < MOST_FINDINGS) {
                findings.add(new Finding(patient, version, what));
            }
        }
    }
}
