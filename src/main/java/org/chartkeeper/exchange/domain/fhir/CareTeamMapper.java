package org.chartkeeper.exchange.domain.fhir;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.platform.PractitionerId;
import org.jspecify.annotations.Nullable;

/** CareTeam: an item of the care plan, and for its practitioners a part in the patient's care. */
final class CareTeamMapper implements EntryMapper {

    @Override
    public String type() {
        return "CareTeam";
    }

    @Override
    public Mapping.Mapped map(Element resource, Mapping mapping) {
        String status = resource.text("status", "active");
        Element period = resource.child("period");
        FhirTime from = period == null ? null : period.time("start", mapping.zone());
        List<String> members = new ArrayList<>();
        for (Element participant : resource.children("participant")) {
            String role = Codes.joined(participant.children("role"));
            String name = mapping.references().name(participant.child("member"));
            if (name != null) {
                members.add(role == null ? name : role + ": " + name);
            }
        }
        String name = resource.text("name");
        Element reason = resource.first("reasonCode");
        Concept because = Codes.concept(reason);
        Content content = new Content.CarePlanItem(
                "team",
                new Concept(
                        name != null ? name : because != null ? "Care team: " + because.text() : "Care team",
                        because == null ? List.of() : because.codings()),
                status(status),
                from == null ? null : from.text(),
                period == null ? null : mapping.when(period, "end"),
                members,
                Codes.notes(resource));
        return new Mapping.Mapped(
                content,
                from,
                mapping.references().stated(resource.first("managingOrganization")),
                null,
                true,
                status.equals("entered-in-error"));
    }

    private static String status(String status) {
        return switch (status) {
            case "inactive" -> "completed";
            case "proposed" -> "draft";
            case "suspended" -> "on-hold";
            default -> status;
        };
    }

    /** A practitioner's part in the care. {@code until}: null while it lasts. */
    record Member(PractitionerId practitioner, @Nullable Instant until) {}

    /** The practitioners of a team that is or was active. */
    static List<Member> members(Element resource, Mapping mapping) {
        if (!List.of("active", "inactive").contains(resource.text("status", "active"))) {
            return List.of();
        }
        Element period = resource.child("period");
        FhirTime end = period == null ? null : period.time("end", mapping.zone());
        List<Member> members = new ArrayList<>();
        for (Element participant : resource.children("participant")) {
            Target target = mapping.references().target(participant.child("member"), References.ACTOR);
            if (target != null && target.kind().equals("practitioner")) {
                Element own = participant.child("period");
                FhirTime ownEnd = own == null ? null : own.time("end", mapping.zone());
                FhirTime until = ownEnd != null ? ownEnd : end;
                members.add(new Member(
                        new PractitionerId(Objects.requireNonNull(target).id()), until == null ? null : until.at()));
            }
        }
        return members;
    }
}
