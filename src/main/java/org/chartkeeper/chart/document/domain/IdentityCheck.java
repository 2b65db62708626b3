package org.chartkeeper.chart.document.domain;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.chartkeeper.chart.document.Documents.Identity;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.TypedDate;
import org.jspecify.annotations.Nullable;

/**
 * Two identifiers from the paper must be the patient's. What is wrong is said without saying what would be right: then it
 * would be copied from the screen and confirm nothing.
 */
final class IdentityCheck {

    private IdentityCheck() {}

    /** @param account number of the visit that was chosen, null where there is none */
    static List<Problem> problems(Identity typed, PatientSummary patient, @Nullable String account, LocalDate today) {
        List<Problem> problems = new ArrayList<>();
        int given = 0;
        if (given(typed.mrn())) {
            given++;
            String number = number(typed.mrn());
            if (patient.mrns().stream().noneMatch(mrn -> number(mrn.value()).equals(number))) {
                problems.add(Problem.error("mrn", "This MRN is not the chosen patient's. Compare with the image."));
            }
        }
        if (given(typed.birthDate())) {
            given++;
            String iso = TypedDate.past(String.valueOf(typed.birthDate()), today)
                    .map(Object::toString)
                    .orElse(null);
            if (iso == null) {
                problems.add(Problem.error("birthDate", "This is no date. Type it as 3/7/1962."));
            } else if (!iso.equals(patient.birthDate())) {
                problems.add(Problem.error(
                        "birthDate", "This birth date is not the chosen patient's. Compare with the image."));
            }
        }
        if (given(typed.name())) {
            given++;
            if (!names(String.valueOf(typed.name())).containsAll(essential(patient))) {
                problems.add(Problem.error(
                        "name", "This name is not the chosen patient's: surname and first name must both be in it."));
            }
        }
        if (given(typed.account())) {
            given++;
            if (account == null || !number(account).equals(number(typed.account()))) {
                problems.add(Problem.error(
                        "account",
                        account == null
                                ? "The account number is compared with the visit's: choose the visit."
                                : "This account number is not that of the chosen visit."));
            }
        }
        if (given < 2 && problems.isEmpty()) {
            problems.add(Problem.error(
                    given(typed.mrn()) ? "birthDate" : "mrn",
                    "Type two identifiers as they stand on the paper, such as MRN and birth date."));
        }
        return problems;
    }

    private static boolean given(@Nullable String typed) {
        return typed != null && !typed.isBlank();
    }

    /** With or without zeros in front and hyphens. */
    private static String number(@Nullable String text) {
        return String.valueOf(text)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9]", "")
                .replaceFirst("^0+(?=.)", "");
    }

    private static Set<String> essential(PatientSummary patient) {
        Set<String> words = names(patient.family());
        names(patient.given()).stream().findFirst().ifPresent(words::add);
        return words;
    }

    private static Set<String> names(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(plain.split("[^\\p{L}]+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    }
}
