package org.chartkeeper.exchange.domain.fhir;

import java.util.ArrayList;
import java.util.List;
import org.chartkeeper.chart.Concept;
import org.jspecify.annotations.Nullable;

/** Coded elements. */
final class Codes {

    private Codes() {}

    /** A CodeableConcept with every coding that it has, null where it says nothing. */
    static @Nullable Concept concept(@Nullable Element codeable) {
        if (codeable == null) {
            return null;
        }
        List<Concept.Coding> codings = new ArrayList<>();
        String words = codeable.text("text");
        for (Element coding : codeable.children("coding")) {
            String system = coding.text("system", "");
            String code = coding.text("code", "");
            String display = coding.text("display");
            if (code.isEmpty() && display == null) {
                continue;
            }
            codings.add(new Concept.Coding(system, code, display));
            if (words == null) {
                words = display;
            }
        }
        if (words == null) {
            if (codings.isEmpty()) {
                return null;
            }
            words = codings.get(0).code();
        }
        return new Concept(words, codings);
    }

    /** The concept of a part that FHIR requires. */
    static Concept required(Element resource, String part) {
        Concept concept = concept(resource.child(part));
        if (concept == null) {
            throw new WrongType(resource.path() + "." + part + " is missing");
        }
        return concept;
    }

    /** The words of a CodeableConcept, null where it says nothing. */
    static @Nullable String words(@Nullable Element codeable) {
        Concept concept = concept(codeable);
        return concept == null ? null : concept.text();
    }

    /** The first code of a CodeableConcept whatever its system; null where it has none. */
    static @Nullable String code(@Nullable Element codeable) {
        if (codeable == null) {
            return null;
        }
        for (Element coding : codeable.children("coding")) {
            String code = coding.text("code");
            if (code != null) {
                return code;
            }
        }
        return null;
    }

    /** Whether one of several CodeableConcepts has this code. */
    static boolean any(List<Element> codeables, String code) {
        for (Element codeable : codeables) {
            for (Element coding : codeable.children("coding")) {
                if (code.equals(coding.text("code"))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The words of several CodeableConcepts, joined; null where there are none. */
    static @Nullable String joined(List<Element> codeables) {
        List<String> words = new ArrayList<>();
        for (Element codeable : codeables) {
            String text = words(codeable);
            if (text != null) {
                words.add(text);
            }
        }
        return words.isEmpty() ? null : String.join("; ", words);
    }

    /** The notes of a resource (Annotation), joined by line breaks; null where there are none. */
    static @Nullable String notes(Element resource) {
        List<String> notes = new ArrayList<>();
        for (Element note : resource.children("note")) {
            String text = note.text("text");
            if (text != null) {
                notes.add(text);
            }
        }
        return notes.isEmpty() ? null : String.join("\n", notes);
    }
}
