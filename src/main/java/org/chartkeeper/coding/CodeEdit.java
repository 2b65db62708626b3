package org.chartkeeper.coding;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.terminology.CodeSystem;
import org.jspecify.annotations.Nullable;

/** One thing that a coder does to the codes of a case. */
public sealed interface CodeEdit {

    /** A sentence of a version of an entry: entry, version, number. */
    Pattern KEY = Pattern.compile("([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}):(\\d{1,6}):(\\d{1,6})");

    /**
     * Words of an entry, at the version in which they were read.
     *
     * @param number of the sentence in a note, from 0; 0 for a datum
     */
    record Words(EntryId entry, int version, int number) {

        /** Reads {@link #key()}; empty where it is none. */
        public static Optional<Words> of(String key) {
            Matcher parts = KEY.matcher(key);
            return parts.matches()
                    ? Optional.of(new Words(
                            new EntryId(UUID.fromString(parts.group(1))),
                            Integer.parseInt(parts.group(2)),
                            Integer.parseInt(parts.group(3))))
                    : Optional.empty();
        }

        /** As a form carries it. */
        public String key() {
            return entry + ":" + version + ":" + number;
        }
    }

    /**
     * Another code.
     *
     * @param system null to tell by the shape of the code
     * @param code as typed
     * @param role principal, secondary, admitting, reason; null for the place that is next
     * @param words what it rests on, null where nothing was chosen
     * @param origin typed, suggestion, specificity
     */
    record Add(
            boolean procedure,
            @Nullable CodeSystem system,
            String code,
            @Nullable String role,
            @Nullable Words words,
            String origin)
            implements CodeEdit {}

    record Remove(UUID line) implements CodeEdit {}

    /** The code of a line becomes another; what it rests on stays and is looked at again by the coder. */
    record Replace(UUID line, String code) implements CodeEdit {}

    /** Up (−1) or down (+1) by one place. */
    record Move(UUID line, int by) implements CodeEdit {}

    /** To the place before another line; to the end where there is none. */
    record Place(UUID line, @Nullable UUID before) implements CodeEdit {}

    /** principal, secondary, admitting, reason. A new principal makes the former one secondary. */
    record Role(UUID line, String role) implements CodeEdit {}

    /** Present on admission: Y, N, U, W, E for exempt; empty for not said. */
    record Poa(UUID line, String value) implements CodeEdit {}

    /**
     * What a procedure's line says beside its code.
     *
     * @param pointers numbers of the diagnoses, from 1
     */
    record Detail(
            UUID line,
            @Nullable LocalDate on,
            @Nullable PractitionerId performer,
            List<String> modifiers,
            @Nullable BigDecimal units,
            List<Integer> pointers)
            implements CodeEdit {}

    record Link(UUID line, Words words) implements CodeEdit {}

    record Unlink(UUID line, UUID evidence) implements CodeEdit {}

    /** Why a code has no evidence; empty takes the reason back. */
    record Unsupported(UUID line, String reason) implements CodeEdit {}

    /** The coder has looked again at a code whose evidence was amended: it stands. */
    record Stands(UUID line) implements CodeEdit {}

    /** Applies the repair of a finding. */
    record Repair(String finding) implements CodeEdit {}

    /** Answers for a finding. */
    record Answer(String finding, String reason) implements CodeEdit {}

    /** Takes the answer for a finding back. */
    record Unanswer(String finding) implements CodeEdit {}

    /**
     * An edit that came too late, after somebody has chosen. A code that was removed meanwhile comes back for it.
     *
     * @param since the version of the case that it was begun at
     * @param mine the fields that are to be as the edit has them; the others stay as they stand
     */
    record Settled(CodeEdit edit, int since, Set<String> mine) implements CodeEdit {
        public Settled {
            mine = Set.copyOf(mine);
        }
    }
}
