package org.chartkeeper.demo;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.chartkeeper.access.Provisioning;
import org.chartkeeper.chart.ChartWriter;
import org.chartkeeper.chart.Encounters;
import org.chartkeeper.patient.Registrations;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
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
 * opens, so that nobody sees half of it.
 */
@Component
@Profile("demo")
class DemoData implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(DemoData.class);
    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

    private final Provisioning provisioning;
    private final Registrations registrations;
    private final ChartWriter writer;
    private final Encounters encounters;
    private final CurrentActor actors;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final String wanted;
    private boolean running;

    DemoData(
            Provisioning provisioning,
            Registrations registrations,
            ChartWriter writer,
            Encounters encounters,
            CurrentActor actors,
            PlatformTransactionManager transactions,
            Clock clock,
            @Value("${chartkeeper.demo.password:}") String wanted) {
        this.provisioning = provisioning;
        this.registrations = registrations;
        this.writer = writer;
        this.encounters = encounters;
        this.actors = actors;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.wanted = wanted;
    }

    @Override
    public void start() {
        running = true;
        if (provisioning.anyAccount()) {
            return;
        }
        String password = wanted.isEmpty() ? random() : wanted;
        long began = System.nanoTime();
        // No facility is there yet: the system stands at none that has a chart.
        actors.asSystem(FacilityId.next(), () -> {
            transaction.executeWithoutResult(status -> lay(password));
            return password;
        });
        LOG.info("The demo was laid down in {} s", (System.nanoTime() - began) / 1_000_000_000L);
        LOG.info("Demo accounts: specialist, coder, release, supervisor, clinician, clinician2, privacy, admin");
        LOG.info("Their password: {}", password);
    }

    private void lay(String password) {
        DemoHouse demo = new DemoHouse(provisioning, password);
        DemoHouse.Facilities facilities = demo.make();
        House house = new House(
                writer,
                encounters,
                facilities.riverside(),
                facilities.westbrook(),
                demo.departments(),
                demo.practitioners(),
                DemoHouse.ZONE,
                LocalDate.now(clock.withZone(DemoHouse.ZONE)));
        actors.asSystem(facilities.riverside(), () -> {
            List<DemoCharts.Ended> ended = new DemoCharts(registrations, house).write();
            return ended.size();
        });
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
