package org.chartkeeper.terminology;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the loaded releases say of a code on a date: the facts that the rules of coding rest on. A code is accepted with
 * or without its dot and in any case; answers write it as its system does (ICD-10-CM with the dot).
 *
 * <p>Whether a code is valid comes from the release in force on the date. Notes, seventh characters and editor lists
 * come from the newest loaded edition that is not later than the date, for codes that still exist then, and name that
 * edition; where no edition is that old, from the oldest one.
 */
public interface CodeBook {

    /** How a code stands on a date. */
    enum Standing {
        /** Valid and specific enough to be reported. */
        VALID,
        /** Valid as a heading: a code below it must be chosen. */
        HEADING,
        /** Was valid in an earlier release and has ended. */
        ENDED,
        /** Begins with a later release. */
        NOT_YET,
        /** In no loaded release. */
        UNKNOWN,
        /** No full release that covers the date is loaded: nothing can be said. */
        NO_RELEASE
    }

    Standing standing(CodeSystem system, String code, LocalDate on);

    /** The code as the release in force on the date has it; of an ended or coming code its last or first form. */
    Optional<Concept> concept(CodeSystem system, String code, LocalDate on);

    /** The codes directly below, in the order of the release; empty for a leaf and for an unknown code. */
    List<Concept> children(CodeSystem system, String code, LocalDate on);

    /** The code directly above; empty at the top. */
    Optional<Concept> parent(CodeSystem system, String code, LocalDate on);

    /** The instructions at the code and above it (chapter, block, category), the nearest first; of ICD-10-CM only. */
    List<Instruction> instructions(String code, LocalDate on);

    /** The seventh characters that the code takes, at the code or from above; empty where it takes none. */
    Optional<SeventhCharacters> seventhCharacters(String code, LocalDate on);

    /** The code's row in a list of the Medicare Code Editor or the like; empty where it is not listed. */
    Optional<Listing> listing(CodeList list, String code, LocalDate on);

    /** Which edition of the list speaks for the date; empty where none is loaded, so that a rule says so. */
    Optional<String> edition(CodeList list, LocalDate on);

    /** Which edition of the tabular notes speaks for the date; empty where none is loaded. */
    Optional<String> tabularEdition(LocalDate on);

    /** The release in force on the date; empty where none is loaded. */
    Optional<String> release(CodeSystem system, LocalDate on);

    /** What an ended ICD-10-CM code became, by the conversion tables; empty where they say nothing. */
    List<Concept> successors(String code);

    /**
     * A code in a release.
     *
     * @param from first day on which the code is valid, as far as the loaded releases reach back
     * @param to last day on which it is valid; null while it is
     */
    record Concept(
            CodeSystem system,
            String code,
            String display,
            boolean billable,
            LocalDate from,
            @Nullable LocalDate to,
            String release) {}

    /** The kinds of instruction of the Tabular List (ICD-10-CM guidelines I.A.10 to I.A.17). */
    enum InstructionKind {
        INCLUDES,
        INCLUSION_TERM,
        EXCLUDES1,
        EXCLUDES2,
        CODE_FIRST,
        USE_ADDITIONAL,
        CODE_ALSO,
        NOTE
    }

    /**
     * An instruction.
     *
     * @param statedAt where it stands: a code, a block such as E08-E13, or a chapter's number
     * @param codes the codes and ranges that its text names in parentheses; empty where it names none
     */
    record Instruction(InstructionKind kind, String statedAt, String text, List<CodeRange> codes, String edition) {}

    /**
     * A code with everything below it, or a range of such.
     *
     * @param from first code, with its dot, without a dash at its end
     * @param to last code of a range; the same as from for one code
     */
    record CodeRange(String from, String to) {

        /** Whether the code lies in the range or below one of its ends. */
        public boolean covers(String code) {
            return compare(code, from) >= 0 && (compare(code, to) <= 0 || begins(code, to));
        }

        /** As strings compare, dots aside; asked so often that it makes no strings. */
        private static int compare(String one, String other) {
            int i = 0;
            int k = 0;
            while (true) {
                i += i < one.length() && one.charAt(i) == '.' ? 1 : 0;
                k += k < other.length() && other.charAt(k) == '.' ? 1 : 0;
                if (i >= one.length() || k >= other.length()) {
                    return Boolean.compare(i < one.length(), k < other.length());
                }
                int difference = one.charAt(i++) - other.charAt(k++);
                if (difference != 0) {
                    return difference;
                }
            }
        }

        private static boolean begins(String code, String prefix) {
            int i = 0;
            for (int k = 0; k < prefix.length(); k++) {
                if (prefix.charAt(k) == '.') {
                    continue;
                }
                i += i < code.length() && code.charAt(i) == '.' ? 1 : 0;
                if (i >= code.length() || code.charAt(i++) != prefix.charAt(k)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What the seventh character may be, with its meanings. */
    record SeventhCharacters(String statedAt, Map<Character, String> meanings, String edition) {}

    /** Lists of codes that editors, registers and grouping use. */
    enum CodeList {
        POA_EXEMPT,
        AGE_NEWBORN,
        AGE_PEDIATRIC,
        AGE_MATERNITY,
        AGE_ADULT,
        SEX_FEMALE,
        SEX_MALE,
        SEX_FEMALE_PROCEDURE,
        SEX_MALE_PROCEDURE,
        MANIFESTATION,
        UNACCEPTABLE_PRINCIPAL,
        REQUIRES_SECONDARY,
        QUESTIONABLE_ADMISSION,
        UNSPECIFIED,
        EXTERNAL_CAUSE,
        NON_COVERED_PROCEDURE,
        LIMITED_COVERAGE_PROCEDURE,
        LENGTH_OF_STAY_PROCEDURE,
        WRONG_PROCEDURE,
        CC,
        MCC
    }

    /** A code's row in a list, with what the list says beside it (empty where nothing). */
    record Listing(CodeList list, String code, String remark, String edition) {}
}
