package org.chartkeeper.coding.domain;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.chartkeeper.chart.ChartEvent;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.coding.CodingCheck;
import org.chartkeeper.coding.Finding;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps the worklist of prescriptions. Whose chart changes is put on a list in the same transaction; this works the list
 * off, one patient in one transaction, so that it can be stopped, killed or run twice and goes on where it stood. What was
 * checked by other tables, or for another day, comes on the list by itself.
 */
@Configuration(proxyBeanMethods = false)
class OrderRecheck {

    private static final Logger LOG = LoggerFactory.getLogger(OrderRecheck.class);
    private static final int PIECE = 50;

    private final OrderRows rows;
    private final OrderFacts facts;
    private final CodingCheck check;
    private final CurrentActor actors;
    private final JsonMapper json;
    private final TransactionTemplate transactions;
    private final Clock clock;

    OrderRecheck(
            OrderRows rows,
            OrderFacts facts,
            CodingCheck check,
            CurrentActor actors,
            JsonMapper json,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.rows = rows;
        this.facts = facts;
        this.check = check;
        this.actors = actors;
        this.json = json;
        this.transactions = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    @Bean
    RecurringTask<Void> recheckOrders() {
        return Tasks.recurring("coding-recheck-orders", FixedDelay.of(Duration.ofSeconds(5)))
                .execute((instance, context) ->
                        work(() -> context.getSchedulerState().isShuttingDown()));
    }

    /** In the transaction of the change: what is listed of this patient is not shown any more until it is checked. */
    @EventListener
    void changed(ChartEvent.SafetyChanged event) {
        rows.due(event.patients(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Checks whoever is due until nobody is left or the server goes down; answers how many were checked. */
    int work(BooleanSupplier down) {
        String tables = check.prescriptionTables();
        LocalDate today = LocalDate.now(clock);
        transactions.executeWithoutResult(
                status -> rows.dueByAge(tables, today, clock.instant().truncatedTo(ChronoUnit.MICROS)));
        int checked = 0;
        while (!down.getAsBoolean()) {
            List<OrderRows.Due> due = transactions.execute(status -> rows.due(PIECE));
            int before = checked;
            for (OrderRows.Due one : due == null ? List.<OrderRows.Due>of() : due) {
                if (down.getAsBoolean()) {
                    return checked;
                }
                checked += one(one, tables, today) ? 1 : 0;
            }
            if (checked == before) {
                return checked;
            }
        }
        return checked;
    }

    private boolean one(OrderRows.Due due, String tables, LocalDate today) {
        FacilityId facility = due.facility();
        if (facility == null) {
            transactions.executeWithoutResult(status -> {
                rows.forget(due.patient());
                rows.done(due.patient());
            });
            return true;
        }
        try {
            return actors.asSystem(
                    facility,
                    () -> Boolean.TRUE.equals(transactions.execute(status -> recheck(due.patient(), tables, today))));
        } catch (RuntimeException fault) {
            // One chart that cannot be checked must not keep the others from it; its findings stay out of sight.
            // Not what the exception says: the database quotes rows in it.
            LOG.error(
                    "the orders of patient {} could not be checked: {}",
                    due.patient(),
                    NestedExceptionUtils.getMostSpecificCause(fault).getClass().getName());
            // It goes to the end of the list, so that many of them do not keep the others from it either.
            transactions.executeWithoutResult(
                    status -> rows.due(List.of(due.patient()), clock.instant().truncatedTo(ChronoUnit.MICROS)));
            return false;
        }
    }

    private boolean recheck(PatientId patient, String tables, LocalDate today) {
        if (!rows.take(patient)) {
            return false;
        }
        OrderFacts.Person person = rows.person(patient).orElseThrow();
        OrderFacts.Facts read = facts.read(actors.get(), patient, person, today, OrderFacts.OPEN);
        Map<Integer, List<Finding>> found = OrderFacts.byOrder(check.checkPrescriptions(read.coded()));
        Map<UUID, OrderRows.Declined> declined = rows.declined(patient).stream()
                .collect(Collectors.toMap(OrderRows.Declined::order, Function.identity()));
        List<OrderRows.Checked> checked = new ArrayList<>();
        for (int i = 0; i < read.orders().size(); i++) {
            checked.add(checked(
                    read.orders().get(i),
                    found.getOrDefault(i, List.of()),
                    declined.get(read.orders().get(i).id().value())));
        }
        rows.replace(patient, checked, tables, today, clock.instant().truncatedTo(ChronoUnit.MICROS));
        rows.done(patient);
        return true;
    }

    private OrderRows.Checked checked(EntryView entry, List<Finding> findings, OrderRows.@Nullable Declined declined) {
        Content.MedicationOrder order = (Content.MedicationOrder) entry.content();
        Map<String, Map<String, Object>> brief = new LinkedHashMap<>();
        for (Finding finding : findings) {
            String key = OrderFacts.key(finding);
            brief.putIfAbsent(
                    key,
                    Map.of(
                            "key", key,
                            "position", brief.size(),
                            "rule", finding.rule(),
                            "severity", finding.severity().name(),
                            "message", finding.message()));
        }
        String state = state(entry, declined);
        return new OrderRows.Checked(
                entry.id().value(),
                entry.patient(),
                entry.facility(),
                entry.encounter(),
                entry.version(),
                entry.content().title(),
                order.dosage() == null ? "" : order.dosage().text(),
                entry.statedByPractitioner(),
                entry.statedBy(),
                entry.event(),
                order.status().equals("draft"),
                state,
                declined != null && state.equals("declined") ? declined.said() : null,
                json.writeValueAsString(brief.values()));
    }

    /** What became of a change of the order. */
    static String state(EntryView entry, OrderRows.@Nullable Declined declined) {
        if (entry.pendingKind() != null) {
            return entry.signature().equals("returned") ? "returned" : "waiting";
        }
        return declined != null && declined.refused() ? "declined" : "open";
    }
}
