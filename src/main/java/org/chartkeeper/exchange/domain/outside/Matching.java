package org.chartkeeper.exchange.domain.outside;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.exchange.domain.outside.OutsideDocument.Item;
import org.jspecify.annotations.Nullable;

/** Finds the entry of ours that says the same thing as a line of an outside document. */
final class Matching {

    private Matching() {}

    /** @param how same code, same ingredient or same words */
    record Match(EntryView entry, String how) {}

    /** The best match among entries of ours; empty where none says the same. */
    static Optional<Match> find(Item item, List<EntryView> ours) {
        return ours.stream()
                .filter(entry -> !entry.retracted() && !entry.proposed())
                .map(entry -> match(item, entry))
                .flatMap(Optional::stream)
                .min((one, other) -> rank(one.how) - rank(other.how));
    }

    private static int rank(String how) {
        return List.of("same code", "same ingredient", "same words").indexOf(how);
    }

    private static Optional<Match> match(Item item, EntryView entry) {
        Concept theirs = concept(item.content());
        Concept our = concept(entry.content());
        if (theirs == null
                || our == null
                || !kind(item.content()).equals(kind(entry.content()))
                || !sameDay(item, entry)) {
            return Optional.empty();
        }
        boolean drug =
                kind(item.content()).equals("drug") || kind(item.content()).equals("allergy");
        if (shareCode(theirs, our)) {
            return Optional.of(new Match(entry, "same code"));
        }
        if (drug
                && !ingredient(theirs.text()).isEmpty()
                && ingredient(theirs.text()).equals(ingredient(our.text()))) {
            return Optional.of(new Match(entry, "same ingredient"));
        }
        return plain(theirs.text()).equals(plain(our.text()))
                ? Optional.of(new Match(entry, "same words"))
                : Optional.empty();
    }

    /** Vaccinations and results are the same only on the same day; what lives on has no day. */
    private static boolean sameDay(Item item, EntryView entry) {
        String kind = kind(item.content());
        if (!kind.equals("immunization") && !kind.equals("result")) {
            return true;
        }
        return item.time() != null
                && item.time()
                        .at()
                        .toString()
                        .substring(0, 10)
                        .equals(entry.event().toString().substring(0, 10));
    }

    static String kind(Content content) {
        return switch (content) {
            case Content.Condition condition -> condition.visitDiagnosis() ? "" : "problem";
            case Content.Allergy allergy -> allergy.noneKnown() ? "" : "allergy";
            case Content.MedicationOrder order -> "drug";
            case Content.MedicationStatement statement -> "drug";
            case Content.Immunization immunization -> "immunization";
            case Content.Observation observation -> "result";
            default -> "";
        };
    }

    static @Nullable Concept concept(Content content) {
        return switch (content) {
            case Content.Condition condition -> condition.code();
            case Content.Allergy allergy -> allergy.substance();
            case Content.MedicationOrder order -> order.medication();
            case Content.MedicationStatement statement -> statement.medication();
            case Content.Immunization immunization -> immunization.vaccine();
            case Content.Observation observation -> observation.code();
            default -> null;
        };
    }

    private static boolean shareCode(Concept one, Concept other) {
        return one.codings().stream()
                .anyMatch(coding -> other.codings().stream()
                        .anyMatch(each -> each.system().equals(coding.system())
                                && bare(each.code()).equals(bare(coding.code()))));
    }

    private static String bare(String code) {
        return code.replace(".", "").toUpperCase(Locale.ROOT);
    }

    private static String plain(String words) {
        return words.toLowerCase(Locale.ROOT)
                .replaceAll("\\((disorder|finding|substance|situation)\\)", "")
                .replaceAll("[^a-z0-9]+", " ")
                .strip();
    }

    private static final Set<String> NOT_INGREDIENTS = Set.of(
            "tablet",
            "tablets",
            "tab",
            "capsule",
            "capsules",
            "oral",
            "mg",
            "ml",
            "mcg",
            "hr",
            "hour",
            "extended",
            "release",
            "er",
            "xr",
            "sr",
            "solution",
            "suspension",
            "injection",
            "injectable",
            "cream",
            "ointment",
            "product",
            "containing",
            "only",
            "in",
            "dose",
            "form",
            "sodium",
            "hydrochloride",
            "hcl",
            "potassium",
            "sulfate",
            "maleate",
            "tartrate",
            "succinate",
            "allergy",
            "to",
            "substance",
            "the",
            "of");

    /** The names of ingredients in a drug's name, without strength, form and salt; sorted, so that order does not matter. */
    static Set<String> ingredient(String name) {
        String generic = name.replaceAll("\\[[^]]*]", " ");
        return Arrays.stream(plain(generic).split(" "))
                .filter(word -> word.length() > 2 && word.chars().allMatch(Character::isLetter))
                .filter(word -> !NOT_INGREDIENTS.contains(word))
                .collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    /** Ours with what theirs adds to it; ours itself where nothing is added or nothing may be. */
    static Content merged(Content ours, Content theirs) {
        if (ours instanceof Content.Condition our && theirs instanceof Content.Condition their) {
            return new Content.Condition(
                    false,
                    union(our.code(), their.code()),
                    our.clinicalStatus(),
                    our.verificationStatus(),
                    or(our.severity(), their.severity()),
                    or(our.onset(), their.onset()),
                    our.abatement(),
                    our.rank(),
                    our.note());
        }
        if (ours instanceof Content.Allergy our && theirs instanceof Content.Allergy their) {
            return new Content.Allergy(
                    our.kind(),
                    or(our.category(), their.category()),
                    union(our.substance(), their.substance()),
                    our.clinicalStatus(),
                    our.verificationStatus(),
                    or(our.criticality(), their.criticality()),
                    reactions(our, their),
                    or(our.onset(), their.onset()),
                    our.note());
        }
        if (ours instanceof Content.MedicationStatement our && theirs instanceof Content.MedicationStatement their) {
            return new Content.MedicationStatement(
                    union(our.medication(), their.medication()),
                    our.status(),
                    our.dosage() == null ? their.dosage() : our.dosage(),
                    or(our.start(), their.start()),
                    our.end(),
                    our.note());
        }
        return ours;
    }

    private static @Nullable String or(@Nullable String ours, @Nullable String theirs) {
        return ours == null ? theirs : ours;
    }

    private static Concept union(Concept ours, Concept theirs) {
        List<Concept.Coding> codings = new ArrayList<>(ours.codings());
        theirs.codings().stream()
                .filter(coding -> codings.stream()
                        .noneMatch(each -> each.system().equals(coding.system())
                                && each.code().equals(coding.code())))
                .forEach(codings::add);
        return new Concept(ours.text(), codings);
    }

    private static List<Content.Reaction> reactions(Content.Allergy ours, Content.Allergy theirs) {
        Set<String> known = ours.reactions().stream()
                .map(reaction -> plain(reaction.manifestation()))
                .collect(Collectors.toSet());
        return Stream.concat(
                        ours.reactions().stream(),
                        theirs.reactions().stream()
                                .filter(reaction -> !known.contains(plain(reaction.manifestation()))))
                .toList();
    }

    /** What merging would add, in words for the page. */
    static List<String> added(Content ours, Content theirs) {
        Content merged = merged(ours, theirs);
        List<String> words = new ArrayList<>();
        Concept before = concept(ours);
        Concept after = concept(merged);
        if (before != null && after != null) {
            after.codings().stream()
                    .skip(before.codings().size())
                    .forEach(coding -> words.add("code " + coding.code()));
        }
        if (ours instanceof Content.Allergy our && merged instanceof Content.Allergy all) {
            all.reactions().stream()
                    .skip(our.reactions().size())
                    .forEach(reaction -> words.add("reaction " + reaction.manifestation()));
            note(words, "criticality", our.criticality(), all.criticality());
            note(words, "since", our.onset(), all.onset());
        }
        if (ours instanceof Content.Condition our && merged instanceof Content.Condition all) {
            note(words, "since", our.onset(), all.onset());
        }
        if (ours instanceof Content.MedicationStatement our
                && merged instanceof Content.MedicationStatement all
                && our.dosage() == null
                && all.dosage() != null) {
            words.add("how it is taken");
        }
        return List.copyOf(words);
    }

    private static void note(List<String> words, String what, @Nullable String before, @Nullable String after) {
        if (before == null && after != null) {
            words.add(what + " " + after);
        }
    }
}
