package org.chartkeeper.patient.domain;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.TypedDate;
import org.jspecify.annotations.Nullable;

/**
 * What somebody typed to find a patient, taken apart: words of names, birth dates, numbers. A run of digits may be a
 * birth date, an MRN and the end of a phone number at once; it then matches as any of them.
 */
record Query(List<Word> words, List<Figure> figures) {

    private static final int LONGEST = 200;
    private static final int MOST_WORDS = 6;
    private static final int OLDEST_YEAR = 1890;

    private static final Pattern PHONE =
            Pattern.compile("(?<![\\w-])(?:\\+?1[ .-]?)?\\(?\\d{3}\\)?[ .-]?\\d{3}[ .-]\\d{4}(?![\\w-])");
    private static final Pattern HALF_PHONE = Pattern.compile("\\d{3}[.-]\\d{4}");
    private static final Pattern NAME_WITH_DIGITS = Pattern.compile("[\\p{L}'-]{3,}\\d{1,4}");
    private static final Pattern SEPARATORS = Pattern.compile("[\\s,;]+");

    /** A word of a name, plain. */
    record Word(String text) {

        /** A lone letter is an initial: it narrows down what other words find and finds nothing itself. */
        boolean initial() {
            return text.length() == 1;
        }
    }

    /**
     * Digits, and all that they may mean.
     *
     * @param numbers keys of {@code patient_search.numbers} that identify
     * @param ends keys that many share: the end of a phone number
     * @param born the birth date they may be
     */
    record Figure(
            Set<String> numbers, Set<String> ends, @Nullable PartialDate born) {}

    boolean isEmpty() {
        return words.isEmpty() && figures.isEmpty();
    }

    static Query read(String typed, LocalDate today) {
        String rest = typed.length() > LONGEST ? typed.substring(0, LONGEST) : typed;
        List<Figure> figures = new ArrayList<>();
        Matcher phones = PHONE.matcher(rest);
        while (phones.find()) {
            String whole = phones.group();
            // Ten bare digits are a phone number or another number; they are read below.
            if (!whole.chars().allMatch(Character::isDigit)) {
                figures.add(new Figure(Set.of("p:" + Numbers.phone(whole)), Set.of(), null));
                rest = rest.replace(whole, " ");
            }
        }
        List<String> parts = new ArrayList<>(Arrays.stream(SEPARATORS.split(rest.strip()))
                .filter(part -> !part.isBlank())
                .toList());
        List<Word> words = new ArrayList<>();
        int at = 0;
        while (at < parts.size()) {
            int taken = date(parts, at, today, figures);
            if (taken == 0) {
                single(parts.get(at), today, words, figures);
                taken = 1;
            }
            at += taken;
        }
        return new Query(words.stream().distinct().limit(MOST_WORDS).toList(), List.copyOf(figures));
    }

    /** Takes a date of several parts, such as {@code 7 Mar 1962}; answers how many parts it took. */
    private static int date(List<String> parts, int at, LocalDate today, List<Figure> figures) {
        for (int length = Math.min(3, parts.size() - at); length >= 2; length--) {
            List<String> window = parts.subList(at, at + length);
            boolean plausible = window.stream().anyMatch(Query::hasDigit)
                    && window.stream().allMatch(part -> hasDigit(part) || TypedDate.isMonth(part));
            if (plausible) {
                Optional<PartialDate> date = birth(String.join(" ", window), today);
                if (date.isPresent() && (length == 3 || window.stream().anyMatch(TypedDate::isMonth))) {
                    figures.add(new Figure(Set.of(), Set.of(), date.get()));
                    return length;
                }
            }
        }
        return 0;
    }

    private static void single(String part, LocalDate today, List<Word> words, List<Figure> figures) {
        if (!hasDigit(part)) {
            Names.tokens(part).forEach(token -> words.add(new Word(token)));
            return;
        }
        PartialDate born = birth(part, today).orElse(null);
        boolean letters = part.chars().anyMatch(Character::isLetter);
        String plain = Numbers.plain(part);
        if (born != null && (part.indexOf('/') >= 0 || part.indexOf('.') >= 0 || letters)) {
            figures.add(new Figure(Set.of(), Set.of(), born));
            return;
        }
        if (plain.isEmpty()) {
            return;
        }
        Set<String> numbers = new LinkedHashSet<>(Set.of("m:" + plain, "i:" + plain));
        Set<String> ends = new LinkedHashSet<>();
        String digits = letters ? "" : Numbers.phone(part);
        switch (digits.length()) {
            case 4 -> ends.add("e:" + digits);
            case 7 -> {
                ends.add("q:" + digits);
                if (HALF_PHONE.matcher(part).matches()) {
                    numbers.add("q:" + digits);
                }
            }
            default -> {
                if (digits.length() >= 10) {
                    numbers.add("p:" + digits);
                }
            }
        }
        if (NAME_WITH_DIGITS.matcher(part).matches()) {
            // Names of test data carry digits: Zemlak964 is a name; XEH123456789 is a number.
            Names.tokens(part).forEach(token -> words.add(new Word(token)));
        } else {
            figures.add(new Figure(numbers, ends, born));
        }
    }

    /** A date that may be one of birth: neither before anybody's nor in the future; a day without a year is none. */
    private static Optional<PartialDate> birth(String text, LocalDate today) {
        boolean yearless = text.matches("\\d{1,2}[-/. ]\\d{1,2}")
                || (text.matches("\\d{4}") && Integer.parseInt(text) < OLDEST_YEAR);
        if (yearless) {
            return Optional.empty();
        }
        return TypedDate.past(text, today)
                .filter(date -> date.year() >= OLDEST_YEAR && !date.from().isAfter(today));
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}
