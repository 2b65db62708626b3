package org.chartkeeper.demo;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.access.Access;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.access.Users;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.coding.CodingCases;
import org.chartkeeper.coding.CodingQueries;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.ContentStore;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.visit.VisitUpdates;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lays the demo down when no account exists: in one transaction, so that a kill leaves nothing of it, and before the port
 * opens, so that nobody sees half of it. At every start it tells the password of the demo's accounts.
 */
@Component
@Profile("demo")
class DemoData implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Provisioning provisioning;
    private final Users users;
    private final Access access;
    private final Registrations registrations;
    private final ChartWriter writer;
    private final Encounters encounters;
    private final ContentStore files;
    private final VisitUpdates updates;
    private final CodingCases coding;
    private final CodingQueries queries;
    private final Signing signing;
    private final CurrentActor actors;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String wanted;
    private boolean running;

    DemoData(
            Provisioning provisioning,
            Users users,
            Access access,
            Registrations registrations,
            ChartWriter writer,
            Encounters encounters,
            ContentStore files,
            VisitUpdates updates,
            CodingCases coding,
            CodingQueries queries,
            Signing signing,
            CurrentActor actors,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${chartkeeper.demo.password:}") String wanted) {
        this.provisioning = provisioning;
        this.users = users;
        this.access = access;
        this.registrations = registrations;
        this.writer = writer;
        this.encounters = encounters;
        this.files = files;
        this.updates = updates;
        this.coding = coding;
        this.queries = queries;
        this.signing = signing;
        this.actors = actors;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.wanted = wanted;
    }

    @Override
    public void start() {
        running = true;
        String password = wanted.isEmpty() ? random() : wanted;
        if (!provisioning.anyAccount()) {
            layDown(password);
        } else if (isDemo()) {
            setPasswords(password);
        } else {
            LOG.warn("The profile demo changes nothing here: this installation has accounts of its own");
            return;
        }
        LOG.info(
                "Demo accounts: {}",
                DemoHouse.ACCOUNTS.stream().map(DemoHouse.Account::login).collect(Collectors.joining(", ")));
        LOG.info("Their password: {}", password);
    }

    private void layDown(String password) {
        long began = System.nanoTime();
        List<DemoCharts.Ended> ended = Objects.requireNonNull(transaction.execute(status -> layDownCharts(password)));
        afterwards(ended);
        LOG.info("The demo was laid down in {} s", (System.nanoTime() - began) / 1_000_000_000L);
    }

    private List<DemoCharts.Ended> layDownCharts(String password) {
        // No facility is there yet: the system stands at none that has a chart.
        List<DemoCharts.Ended> ended = actors.asSystem(FacilityId.next(), () -> lay(password));
        // What follows is the deed of the demo's people, not of the system.
        new DemoUpdates(updates, signing, actors).write(ended);
        return ended;
    }

    private List<DemoCharts.Ended> lay(String password) {
        DemoHouse demo = new DemoHouse(provisioning, password);
        DemoHouse.Facilities facilities = demo.make();
        House house = new House(
                writer,
                encounters,
                new Batch(encounters, writer),
                facilities.riverside(),
                facilities.westbrook(),
                demo.departments(),
                demo.practitioners(),
                demo.shown(),
                DemoHouse.ZONE,
                LocalDate.now(clock.withZone(DemoHouse.ZONE)));
        return actors.asSystem(facilities.riverside(), () -> {
            List<DemoCharts.Ended> ended = new DemoCharts(registrations, house, files).write();
            ended.forEach(each -> updates.visitEnded(each.patient(), each.visit()));
            return ended;
        });
    }

    /**
     * What is read by the rules of access, which hold for whoever a transaction began as: the coder's work, and something
     * for those who look after access, a chart that was opened with a reason and an invitation.
     */
    private void afterwards(List<DemoCharts.Ended> ended) {
        new DemoCoding(coding, queries, actors).write(ended);
        ended.stream()
                .filter(each -> each.course() == DemoCharts.Course.DRAFT)
                .forEach(each -> DemoUpdates.as("clinician", () -> {
                    access.openByReason(
                            actors.get(),
                            each.patient(),
                            "consult",
                            "Asked by Dr. Brandt about a murmur before the wound was closed");
                    return "";
                }));
        DemoUpdates.as("admin", () -> {
            FacilityId here = Objects.requireNonNull(actors.get().facility());
            return users.invite(
                    "demo-invitation",
                    new Users.Change("pierce", "Naomi Pierce", null, Map.of(here, Set.of("records-specialist")), null));
        });
    }

    /** Nobody but the demo has its people under these logins; one or another may be renamed by those who try it. */
    private boolean isDemo() {
        long known = DemoHouse.ACCOUNTS.stream()
                .filter(account -> provisioning.isNamed(account.login(), account.name()))
                .count();
        return known > DemoHouse.ACCOUNTS.size() / 2;
    }

    private void setPasswords(String password) {
        DemoHouse.ACCOUNTS.forEach(account -> provisioning.setPassword(account.login(), password));
    }

    private static String random() {
        SecureRandom random = new SecureRandom();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 14; i++) {
            word.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return word.toString();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, whose phase is near the end. */
    @Override
    public int getPhase() {
        return 0;
    }
}
