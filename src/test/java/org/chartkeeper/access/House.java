package org.chartkeeper.access;

import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A house of its own for a test: two facilities and, on demand, one person of each shipped role at the first, with
 * logins that no other test has. Reads as {@code house.login("clinician")}.
 */
public final class House {

    /** The password of everybody. */
    public static final String PASSWORD = "eleven quiet otters nap";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final int number = NUMBER.incrementAndGet();
    private final Map<String, UserId> users = new HashMap<>();
    private final Provisioning provisioning;
    private final CurrentActor actors;
    private final Access access;
    private final TransactionTemplate transaction;
    public final FacilityId here;
    public final FacilityId elsewhere;
    public final PractitionerId practitioner;

    private static @Nullable House shared;

    /** The house that tests share which change none of its people. */
    public static synchronized House shared(
            Provisioning provisioning, Access access, CurrentActor actors, TransactionTemplate transaction) {
        House house = shared;
        if (house == null) {
            house = new House(provisioning, access, actors, transaction);
            shared = house;
        }
        return house;
    }

    public House(Provisioning provisioning, Access access, CurrentActor actors, TransactionTemplate transaction) {
        this.provisioning = provisioning;
        this.access = access;
        this.actors = actors;
        this.transaction = transaction;
        ZoneId zone = ZoneId.of("America/New_York");
        here = provisioning.createFacility("H" + number + "A", "House " + number, zone, false);
        elsewhere = provisioning.createFacility("H" + number + "B", "Annex " + number, zone, false);
        practitioner = provisioning.createPractitioner("Okafor", "Ada", "Dr.", null, "physician", Set.of(here));
    }

    /** The login of the person with this role, who is made when first asked for. */
    public String login(String role) {
        user(role);
        return role + number;
    }

    public synchronized UserId user(String role) {
        return users.computeIfAbsent(
                role,
                key -> provisioning.createUser(
                        role + number,
                        role + " " + number,
                        PASSWORD,
                        Map.of(here, Set.of(role)),
                        role.equals("clinician") ? practitioner : null));
    }

    /** A patient known at these facilities; only to access, which is all that access needs. */
    public PatientId patientAt(FacilityId... facilities) {
        PatientId patient = PatientId.next();
        actors.asSystem(here, () -> {
            transaction.executeWithoutResult(status -> {
                for (FacilityId facility : facilities) {
                    access.patientAtFacility(patient, facility);
                }
            });
            return patient;
        });
        return patient;
    }
}
