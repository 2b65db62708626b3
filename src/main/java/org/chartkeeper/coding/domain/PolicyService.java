package org.chartkeeper.coding.domain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.audit.AuditEvent;
import org.chartkeeper.audit.AuditTrail;
import org.chartkeeper.coding.CodingCase;
import org.chartkeeper.coding.CodingPolicies;
import org.chartkeeper.coding.rule.Rule;
import org.chartkeeper.coding.rule.Rules;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.NotAllowed;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.Stale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Keeps how the facilities code. */
@Service
class PolicyService implements CodingPolicies {

    private static final int MOST_DAYS = 60;
    private static final int HUNDRED = 100;
    private static final Set<String> RECORDS = Set.of("business", "legal");
    private static final Set<String> TYPES = Arrays.stream(CodingCase.FacilityType.values())
            .map(CodingCase.FacilityType::word)
            .collect(Collectors.toUnmodifiableSet());

    private final JdbcClient jdbc;
    private final AuditTrail audit;
    private final Set<String> rules = Rules.all().stream().map(Rule::id).collect(Collectors.toUnmodifiableSet());

    PolicyService(JdbcClient jdbc, AuditTrail audit) {
        this.jdbc = jdbc;
        this.audit = audit;
    }

    @Override
    @Requires(Permission.CODING_SUPERVISE)
    @Transactional(readOnly = true)
    public Policy of(Actor actor, FacilityId facility) {
        mustWorkAt(actor, facility);
        return read(facility);
    }

    private static void mustWorkAt(Actor actor, FacilityId facility) {
        if (!actor.facilities().contains(facility)) {
            throw new NotAllowed("another facility");
        }
    }

    private Policy read(FacilityId facility) {
        CaseRows.Policy usual = CaseRows.Policy.USUAL;
        return jdbc.sql("SELECT * FROM coding_policy WHERE facility_id = :id")
                .param("id", facility.value())
                .query((row, number) -> new Policy(
                        row.getString("facility_type"),
                        row.getInt("review_percent"),
                        split(row.getString("review_rules")),
                        row.getInt("query_days"),
                        row.getString("query_record"),
                        row.getInt("version")))
                .optional()
                .orElse(new Policy(
                        usual.facilityType(),
                        usual.reviewPercent(),
                        usual.reviewRules(),
                        usual.queryDays(),
                        usual.queryRecord(),
                        0));
    }

    private static List<String> split(String rules) {
        return Arrays.stream(rules.split("[\\s,;]+"))
                .filter(rule -> !rule.isEmpty())
                .toList();
    }

    @Override
    @Requires(Permission.CODING_SUPERVISE)
    @Transactional
    public void keep(Actor actor, FacilityId facility, int version, Typed typed) {
        mustWorkAt(actor, facility);
        List<Problem> problems = new ArrayList<>();
        String type = one(typed.facilityType(), TYPES, "facility-type", "Choose the type of facility.", problems);
        int percent = number(
                typed.reviewPercent(), 0, HUNDRED, "review-percent", "A share is a number from 0 to 100.", problems);
        int days = number(
                typed.queryDays(), 1, MOST_DAYS, "query-days", "Days to answer are a number from 1 to 60.", problems);
        String record = one(typed.queryRecord(), RECORDS, "query-record", "Choose what queries belong to.", problems);
        Set<String> watched = new TreeSet<>();
        for (String rule : split(typed.reviewRules().toUpperCase(Locale.ROOT))) {
            if (rules.contains(rule)) {
                watched.add(rule);
            } else {
                problems.add(Problem.error("review-rules", "“" + rule + "” is no rule: write ids such as DX-20."));
            }
        }
        if (!problems.isEmpty()) {
            throw new Rejected(problems);
        }
        Policy before = read(facility);
        Policy after = new Policy(type, percent, List.copyOf(watched), days, record, version + 1);
        int kept = jdbc.sql("""
                        INSERT INTO coding_policy AS p (facility_id, facility_type, review_percent, review_rules,
                            query_days, query_record, version)
                        VALUES (:facility, :type, :percent, :rules, :days, :record, 1)
                        ON CONFLICT (facility_id) DO UPDATE SET facility_type = :type, review_percent = :percent,
                            review_rules = :rules, query_days = :days, query_record = :record, version = p.version + 1
                        WHERE p.version = :version
                        """)
                .param("facility", facility.value())
                .param("type", type)
                .param("percent", percent)
                .param("rules", String.join(" ", watched))
                .param("days", days)
                .param("record", record)
                .param("version", version)
                .update();
        if (kept == 0 || before.version() != version) {
            throw new Stale("coding settings of " + facility, version, before.version());
        }
        audit.record(AuditEvent.done("coding-policy.change")
                .at(facility)
                .on("facility", facility)
                .details(changes(before, after)));
    }

    private static String one(String typed, Set<String> known, String field, String message, List<Problem> problems) {
        if (!known.contains(typed)) {
            problems.add(Problem.error(field, message));
        }
        return typed;
    }

    private static int number(String typed, int least, int most, String field, String message, List<Problem> problems) {
        String digits = typed.strip();
        int value = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        if (value < least || value > most) {
            problems.add(Problem.error(field, message));
        }
        return value;
    }

    /** "review share 5 to 10; days to answer 3 to 2". */
    private static String changes(Policy before, Policy after) {
        return Stream.of(
                        change("facility type", before.facilityType(), after.facilityType()),
                        change("review share", before.reviewPercent(), after.reviewPercent()),
                        change(
                                "watched rules",
                                String.join(" ", before.reviewRules()),
                                String.join(" ", after.reviewRules())),
                        change("days to answer", before.queryDays(), after.queryDays()),
                        change("queries belong to the record", before.queryRecord(), after.queryRecord()))
                .filter(each -> !each.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String change(String what, Object before, Object after) {
        return before.equals(after) ? "" : what + " " + before + " to " + after;
    }
}
