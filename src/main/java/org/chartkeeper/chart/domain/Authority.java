package org.chartkeeper.chart.domain;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.chart.EntryCommand.VersionKind;
import org.chartkeeper.chart.EntryType;
import org.chartkeeper.chart.Way;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Permission;
import org.jspecify.annotations.Nullable;

/**
 * Who may use which way of change. Clinical content that is signed is corrected, added to and taken out by its author or
 * the attending; a specialist proposes, and it is in force with their signature. Registration and index data of a document
 * are the specialist's. Coders and those who release change nothing.
 */
final class Authority {

    private Authority() {}

    /** What an actor is to an entry. */
    enum Person {
        /** An import, a job or the start-up. */
        SYSTEM,
        /** Whose words it is. */
        AUTHOR,
        /** Attending of its visit, or asked to sign it; for what no practitioner here stated any clinician. */
        ATTENDING,
        /** Another clinician who may open the chart. */
        CLINICIAN,
        SPECIALIST,
        NOBODY
    }

    private static final Set<Person> RESPONSIBLE = EnumSet.of(Person.SYSTEM, Person.AUTHOR, Person.ATTENDING);

    /**
     * Those whose words an entry is or who answer for it.
     *
     * @param author practitioner who stated it, null where none of the directory did
     * @param attending of its visit, null where it has none
     * @param signer who is to sign it or was
     */
    record Responsible(
            @Nullable UUID author,
            @Nullable UUID attending,
            @Nullable UUID signer) {

        boolean unknown() {
            return author == null && attending == null && signer == null;
        }

        boolean includes(@Nullable UUID practitioner) {
            return practitioner != null
                    && (practitioner.equals(author) || practitioner.equals(attending) || practitioner.equals(signer));
        }
    }

    static Person person(Actor actor, Responsible responsible) {
        if (actor.isSystem()) {
            return Person.SYSTEM;
        }
        if (actor.practitioner() != null && actor.may(Permission.CHART_SIGN)) {
            UUID who = actor.practitioner().value();
            if (Objects.equals(who, responsible.author())) {
                return Person.AUTHOR;
            }
            return responsible.unknown() || responsible.includes(who) ? Person.ATTENDING : Person.CLINICIAN;
        }
        return actor.may(Permission.VISIT_UPDATE) ? Person.SPECIALIST : Person.NOBODY;
    }

    /**
     * Why a person may not use a way.
     *
     * @param locked whether a version was signed here or authenticated at its source
     * @return null where it is allowed; whether it is in force at once is for {@link Protection} to say
     */
    static @Nullable String refusal(Person person, Way way, EntryType type, boolean locked) {
        if (person == Person.NOBODY) {
            return "Your role changes nothing in a chart.";
        }
        boolean may = switch (way) {
            case LATE_ENTRY -> true;
            case UPDATE -> true;
            case REVISION, CORRECTION, RETRACTION, ADDENDUM ->
                RESPONSIBLE.contains(person) || person == Person.SPECIALIST;
            case MOVE -> person == Person.SPECIALIST || person == Person.SYSTEM;
        };
        if (may) {
            return null;
        }
        return way == Way.MOVE
                ? "The records department moves what was entered for the wrong patient. Return it to them."
                : "Only who stated this, or the attending of its visit, " + does(way) + ". Write a note of your own.";
    }

    private static String does(Way way) {
        return switch (way) {
            case REVISION -> "revises it";
            case CORRECTION -> "corrects it";
            case ADDENDUM -> "adds to it";
            default -> "takes it out";
        };
    }

    /**
     * Why somebody cannot be asked to sign a correction or a retraction of what is signed.
     *
     * @param signer who would be asked
     */
    static @Nullable String refusedSigner(
            Way way, EntryType type, boolean locked, Responsible responsible, @Nullable UUID signer) {
        boolean agreement = locked && type != EntryType.DOCUMENT && (way == Way.CORRECTION || way == Way.RETRACTION);
        if (!agreement || responsible.unknown() || responsible.includes(signer)) {
            return null;
        }
        return "Only who stated this, or the attending of its visit, can agree to it.";
    }

    static Way way(VersionKind kind) {
        return switch (kind) {
            case ORIGINAL, LATE_ENTRY -> Way.LATE_ENTRY;
            case REVISION -> Way.REVISION;
            case UPDATE -> Way.UPDATE;
            case CORRECTION -> Way.CORRECTION;
            case RETRACTION -> Way.RETRACTION;
        };
    }
}
