package org.chartkeeper.patient;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.UUID;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;

/**
 * One dated fact about sex or gender; the latest without an end is in force. A change adds a fact and ends the former,
 * and never rewrites documents.
 *
 * @param value a code of its kind's options; for pronouns the text itself
 * @param note for the clinical use: what the one who cares must know
 * @param proof what was seen: court order, new birth certificate
 */
public record SexFact(
        UUID id,
        Kind kind,
        String value,
        @Nullable String note,
        @Nullable String proof,
        @Nullable PartialDate from,
        @Nullable PartialDate until) {

    /** A fact in force, without dates. */
    public static SexFact of(Kind kind, String value) {
        return new SexFact(Uuid7.next(), kind, value, null, null, null, null);
    }

    /** A fact in force since a day. */
    public SexFact since(PartialDate start) {
        return new SexFact(id, kind, value, note, proof, start, until);
    }

    /** The same, ended. */
    public SexFact ended(@Nullable PartialDate end) {
        return new SexFact(id, kind, value, note, proof, from, end);
    }

    /** What a page shows for the value. */
    public String label() {
        return kind.options().stream()
                .filter(option -> option.code().equals(value))
                .map(Option::label)
                .findFirst()
                .orElse(value);
    }

    /** A value that a kind offers. */
    public record Option(String code, String label) {}

    /** Which of the facts it is: they are kept apart (practice 30). */
    public enum Kind implements Coded {
        REGISTERED(
                "registered",
                "Registered sex",
                new Option("female", "Female"),
                new Option("male", "Male"),
                new Option("x", "X"),
                new Option("unknown", "Unknown")),
        CLINICAL(
                "clinical",
                "Sex for clinical use",
                new Option("female", "Female"),
                new Option("male", "Male"),
                new Option("specified", "Specified, see note"),
                new Option("unknown", "Unknown")),
        AT_BIRTH(
                "at-birth",
                "Sex at birth",
                new Option("female", "Female"),
                new Option("male", "Male"),
                new Option("undetermined", "Undetermined"),
                new Option("unknown", "Unknown")),
        IDENTITY(
                "identity",
                "Gender identity",
                new Option("female", "Female"),
                new Option("male", "Male"),
                new Option("transgender-female", "Transgender female"),
                new Option("transgender-male", "Transgender male"),
                new Option("nonbinary", "Nonbinary"),
                new Option("other", "Other"),
                new Option("declined", "Asked, declined to say"),
                new Option("unknown", "Unknown")),
        PRONOUNS(
                "pronouns",
                "Pronouns",
                new Option("she/her", "she/her"),
                new Option("he/him", "he/him"),
                new Option("they/them", "they/them"),
                new Option("she/they", "she/they"),
                new Option("he/they", "he/they"));

        private final String code;
        private final String label;
        private final List<Option> options;

        Kind(String code, String label, Option... options) {
            this.code = code;
            this.label = label;
            this.options = List.of(options);
        }

        /** @throws IllegalArgumentException where no kind has this code */
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        public static Kind of(String code) {
            return Coded.of(Kind.class, code);
        }

        @Override
        public String code() {
            return code;
        }

        @Override
        public String label() {
            return label;
        }

        /** What can be chosen. */
        public List<Option> options() {
            return options;
        }

        @Override
        public String toString() {
            return code;
        }
    }
}
