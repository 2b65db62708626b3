package org.chartkeeper.access.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.chartkeeper.audit.AuditSearch.Recorded;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.ActorNames;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PatientLabels;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.UserId;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Tells who did what events say, and to whose chart, in the names that a reader may see. */
@Component
class EventPeople {

    private final ActorNames names;
    private final ObjectProvider<PatientLabels> labels;

    EventPeople(ActorNames names, ObjectProvider<PatientLabels> labels) {
        this.names = names;
        this.labels = labels;
    }

    /** People of some events. */
    record Known(Map<UserId, String> users, Map<PatientId, String> patients) {

        /** Name of an account; its id where it has none. */
        String user(UserId user) {
            return users.getOrDefault(user, user.toString());
        }

        /** Label of a patient, null where the reader gets none. */
        @Nullable
        String patient(@Nullable PatientId patient) {
            return patient == null ? null : patients.get(patient);
        }
    }

    /** Who may not open registration gets no names of patients. */
    Known known(Actor reader, List<Recorded> events) {
        List<UserId> users = events.stream()
                .flatMap(event -> Stream.of(Optional.ofNullable(event.actor()), subject(event)))
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        List<PatientId> patients = events.stream()
                .map(Recorded::patient)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        PatientLabels source = labels.getIfAvailable();
        return new Known(
                names.names(users),
                source == null || patients.isEmpty() || !reader.may(Permission.PATIENT_READ)
                        ? Map.of()
                        : source.labels(reader, patients));
    }

    /** The account that an event is about. */
    static Optional<UserId> subject(Recorded event) {
        try {
            return "user".equals(event.subjectType()) && event.subjectId() != null
                    ? Optional.of(UserId.of(event.subjectId()))
                    : Optional.empty();
        } catch (IllegalArgumentException otherwise) {
            return Optional.empty();
        }
    }
}
