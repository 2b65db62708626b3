package org.chartkeeper.visit.domain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.chartkeeper.chart.Concept;
import org.chartkeeper.chart.Content;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.visit.UpdateItem;
import org.jspecify.annotations.Nullable;

/** Makes concepts of what was typed: the clinician's words with their own code, where there is one. */
final class Naming {

    /** The shape of an ICD-10-CM code: a letter, a digit, a character, and up to four more after a dot. */
    private static final Pattern ICD = Pattern.compile("[A-TV-Z][0-9][0-9A-Z](?:\\.?[0-9A-Z]{1,4})?");

    private final Plan plan;
    private final CodeLookup codes;

    Naming(Plan plan, CodeLookup codes) {
        this.plan = plan;
        this.codes = codes;
    }

    /** A diagnosis of the words and code of a row; null where neither is usable, which is then said at the field. */
    @Nullable
    Concept diagnosis(UpdateItem item, String row) {
        String textField = row + "text";
        String codeField = row + "code";
        String words = plan.sheet.get(textField);
        String typed = plan.sheet.get(codeField);
        if (typed.isEmpty() && looksLikeCode(words)) {
            typed = words;
            words = "";
        }
        if (typed.isEmpty()) {
            Optional<CodeLookup.Code> exact = exact(CodeSystem.ICD10CM, words);
            if (exact.isPresent()) {
                return coded(exact.get(), words, textField);
            }
            plan.echo(textField, "words without a code");
            return Concept.of(words);
        }
        Optional<CodeLookup.Code> known = codes.find(CodeSystem.ICD10CM, typed);
        if (known.isPresent()) {
            return coded(known.get(), words, textField);
        }
        String code = typed.toUpperCase(Locale.US);
        if (!looksLikeCode(code)) {
            plan.wrong(item, codeField, "“" + typed + "” is no ICD-10-CM code");
            return null;
        }
        if (words.isEmpty()) {
            plan.wrong(item, textField, code + " is not in the codes that are loaded: enter the clinician's words too");
            return null;
        }
        plan.echo(textField, code + " is not in the codes that are loaded; kept as typed");
        return new Concept(words, List.of(new Concept.Coding(Concept.ICD10CM, dotted(code), null)));
    }

    private Concept coded(CodeLookup.Code code, String words, String field) {
        if (code.general()) {
            plan.unlikely("DX-02", field, code.code() + " is too general to be reported. Choose one below it?");
        }
        String text = words.isEmpty() ? code.display() : words;
        plan.echo(field, code.code() + (text.equalsIgnoreCase(code.display()) ? "" : " " + code.display()));
        return new Concept(text, List.of(new Concept.Coding(Concept.ICD10CM, code.code(), code.display())));
    }

    /** Words, or a known code alone. */
    Concept codeOrWords(String text) {
        return codes.find(CodeSystem.ICD10CM, text)
                .or(() -> exact(CodeSystem.ICD10CM, text))
                .map(code -> Concept.of(Concept.ICD10CM, code.code(), code.display()))
                .orElse(Concept.of(text));
    }

    /** A drug, an allergen or a vaccine: words, with their code where the words are a known name. */
    Concept named(CodeSystem system, String words, String code) {
        Optional<CodeLookup.Code> known =
                code.isEmpty() ? exact(system, words) : codes.find(system, code).or(() -> exact(system, words));
        return known.filter(found -> !found.code().isEmpty())
                .map(found -> new Concept(
                        words.isEmpty() ? found.display() : words,
                        List.of(new Concept.Coding(system.uri(), found.code(), found.display()))))
                .orElse(Concept.of(words));
    }

    Optional<CodeLookup.Code> exact(CodeSystem system, String words) {
        return codes.search(system, words, 10).stream()
                .filter(code -> code.display().equalsIgnoreCase(words))
                .findFirst();
    }

    static boolean looksLikeCode(String text) {
        return ICD.matcher(text.toUpperCase(Locale.US)).matches();
    }

    private static String dotted(String code) {
        return code.contains(".") || code.length() <= 3 ? code : code.substring(0, 3) + "." + code.substring(3);
    }

    /** Whether two concepts say the same: a common code, or the same words. */
    static boolean same(Concept one, Concept other) {
        return one.codings().stream()
                        .anyMatch(mine -> other.codings().stream()
                                .anyMatch(its -> its.system().equals(mine.system())
                                        && its.code().equalsIgnoreCase(mine.code())))
                || one.text().strip().equalsIgnoreCase(other.text().strip());
    }

    static Concept concept(Content content) {
        return switch (content) {
            case Content.Condition it -> it.code();
            case Content.Allergy it -> it.substance();
            case Content.MedicationOrder it -> it.medication();
            case Content.MedicationStatement it -> it.medication();
            case Content.Procedure it -> it.code();
            case Content.Immunization it -> it.vaccine();
            case Content.Order it -> it.code();
            case Content.Observation it -> it.code();
            default -> Concept.of(content.title());
        };
    }
}
