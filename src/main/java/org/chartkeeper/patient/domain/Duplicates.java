package org.chartkeeper.patient.domain;

import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.chartkeeper.patient.Demographics;
import org.chartkeeper.patient.NameKind;
import org.chartkeeper.patient.Registrations.Likely;
import org.chartkeeper.patient.SexFact;
import org.chartkeeper.patient.TelecomSystem;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who may be the same person. Candidates come from three indexes (birth date, sound of the name, numbers and phones);
 * what they have in common is scored. Unidentified patients are never offered, and newborns with temporary names of one
 * birth are no duplicates of each other.
 */
@Component
class Duplicates {

    /** From here on it is worth a look; a name alone or a birth date alone stay below. */
    static final int WORTH_A_LOOK = 60;

    private static final int MOST = 10;
    private static final int MOST_CANDIDATES = 200;

    private final JdbcClient database;
    private final PatientRows rows;
    private final Summaries summaries;

    Duplicates(JdbcClient database, PatientRows rows, Summaries summaries) {
        this.database = database;
        this.rows = rows;
        this.summaries = summaries;
    }

    /** Those that the actor may see. */
    List<Likely> visible(Demographics data, @Nullable PatientId self) {
        return likely(data, self, "and may_see(s.patient_id)");
    }

    /** All of them, for imports, which only note ids. */
    List<PatientId> all(Demographics data, @Nullable PatientId self) {
        return likely(data, self, "").stream().map(one -> one.patient().id()).toList();
    }

    private List<Likely> likely(Demographics data, @Nullable PatientId self, String seen) {
        if (data.identityUnknown() || data.nameInUse().isEmpty()) {
            return List.of();
        }
        SearchRows.Document own = SearchRows.of(data);
        PartialDate born = data.birthDate();
        List<PatientId> candidates = database.sql("""
                        select patient_id from (
                            (select patient_id from patient_search where birth_from = :from and birth_to = :to limit :most)
                            union
                            (select patient_id from patient_search where name_key = :key limit :most)
                            union
                            (select patient_id from patient_search where numbers && :numbers::text[] limit :most)) s
                         where patient_id <> :self %s
                        """.formatted(seen))
                .param("from", born == null ? null : born.from(), Types.DATE)
                .param("to", born == null ? null : born.to(), Types.DATE)
                .param("key", own.nameKey())
                .param("numbers", telling(own.numbers()))
                .param("most", MOST_CANDIDATES)
                .param("self", self == null ? new UUID(0, 0) : self.value())
                .query((row, number) -> Sql.patient(row, "patient_id"))
                .list();
        List<Likely> likely = new ArrayList<>();
        for (State other : rows.find(candidates)) {
            if (other.mergedInto() != null || other.data().identityUnknown()) {
                continue;
            }
            List<String> because = new ArrayList<>();
            int score = score(data, other.data(), because);
            if (score >= WORTH_A_LOOK) {
                likely.add(new Likely(
                        summaries.of(other.id(), other.data(), other.probableChart(), List.of()),
                        Math.min(score, 100),
                        String.join(", ", because)));
            }
        }
        return likely.stream()
                .sorted(Comparator.comparingInt(Likely::score).reversed())
                .limit(MOST)
                .toList();
    }

    /** An end of a phone number is shared by many; the whole number tells. */
    private static String[] telling(List<String> numbers) {
        return numbers.stream()
                .filter(number -> !number.startsWith("e:") && !number.startsWith("q:"))
                .toArray(String[]::new);
    }

    static int score(Demographics one, Demographics other, List<String> because) {
        int score = names(one, other, because);
        if (score == 0) {
            return numbersEqual(one, other, because);
        }
        score += birth(one.birthDate(), other.birthDate(), because);
        String sex = one.sex(SexFact.Kind.REGISTERED).map(SexFact::value).orElse("unknown");
        String otherSex = other.sex(SexFact.Kind.REGISTERED).map(SexFact::value).orElse("unknown");
        if (!sex.equals("unknown") && !otherSex.equals("unknown")) {
            score += sex.equals(otherSex) ? 5 : -10;
        }
        score += numbersEqual(one, other, because);
        Set<String> phones = phones(one);
        phones.retainAll(phones(other));
        if (!phones.isEmpty()) {
            score += 12;
            because.add("same phone");
        }
        if (sharesZip(one, other)) {
            score += 4;
        }
        Demographics.Birth birth = one.birth();
        Demographics.Birth otherBirth = other.birth();
        if (birth != null
                && otherBirth != null
                && birth.plurality() != null
                && birth.plurality() > 1
                && !Objects.equals(birth.order(), otherBirth.order())) {
            // Children of one birth.
            score -= 60;
        }
        return score;
    }

    private static int names(Demographics one, Demographics other, List<String> because) {
        int best = 0;
        for (Demographics.Name name : one.names()) {
            for (Demographics.Name against : other.names()) {
                if (name.kind() == NameKind.ALIAS || against.kind() == NameKind.ALIAS) {
                    continue;
                }
                double family = part(name.family(), against.family());
                double given = part(name.given(), against.given());
                double swapped = Math.min(part(name.family(), against.given()), part(name.given(), against.family()));
                double straight = family >= 0.8 && given >= 0.8 ? (family + given) / 2 : 0;
                best = Math.max(best, (int) Math.round(45 * Math.max(straight, swapped >= 0.9 ? swapped * 0.9 : 0)));
            }
        }
        if (best > 0) {
            because.add(best >= 45 ? "same name" : "similar name");
        }
        return best;
    }

    private static double part(String one, String other) {
        List<String> words = Names.tokens(one);
        List<String> others = Names.tokens(other);
        if (words.isEmpty() || others.isEmpty()) {
            return 0;
        }
        String first = words.getFirst();
        String second = others.getFirst();
        if (Names.nicknames(first).contains(second)) {
            return 0.95;
        }
        return Math.max(
                Names.similarity(first, second), Names.similarity(String.join("", words), String.join("", others)));
    }

    private static int birth(@Nullable PartialDate one, @Nullable PartialDate other, List<String> because) {
        if (one == null || other == null) {
            return 0;
        }
        if (one.equals(other)) {
            because.add("same birth date");
            return one.exact() ? 40 : 15;
        }
        if (!one.exact() || !other.exact()) {
            return one.isBefore(other) || other.isBefore(one) ? -15 : 10;
        }
        boolean swapped = one.year() == other.year() && one.month() == other.day() && one.day() == other.month();
        if (swapped || Names.distance(one.toString(), other.toString()) == 1) {
            because.add("nearly the same birth date");
            return 25;
        }
        return one.year() == other.year() ? -5 : -20;
    }

    private static int numbersEqual(Demographics one, Demographics other, List<String> because) {
        for (Demographics.Identifier number : one.identifiers()) {
            for (Demographics.Identifier against : other.identifiers()) {
                if (number.kind() == against.kind()
                        && number.assigner().equals(against.assigner())
                        && Numbers.plain(number.value()).equals(Numbers.plain(against.value()))) {
                    because.add("same " + number.kind().label().toLowerCase(Locale.US));
                    return WORTH_A_LOOK;
                }
            }
        }
        return 0;
    }

    private static Set<String> phones(Demographics data) {
        Set<String> phones = new LinkedHashSet<>();
        for (Demographics.Telecom telecom : data.telecoms()) {
            String digits = telecom.system() == TelecomSystem.EMAIL ? "" : Numbers.phone(telecom.value());
            if (digits.length() >= 10) {
                phones.add(digits);
            }
        }
        return phones;
    }

    private static boolean sharesZip(Demographics one, Demographics other) {
        return one.addresses().stream()
                .map(Demographics.Address::postalCode)
                .filter(Objects::nonNull)
                .anyMatch(zip -> other.addresses().stream().anyMatch(address -> zip.equals(address.postalCode())));
    }
}
