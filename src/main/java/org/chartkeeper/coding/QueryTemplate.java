package org.chartkeeper.coding;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Beginnings of a query that break none of its rules (QY-1 to QY-6) once an indicator is chosen: their titles name no
 * diagnosis, their questions lead to none, none speaks of payment. The coder goes on from there.
 */
public enum QueryTemplate {
    DETAIL(
            "more detail",
            "choice",
            "documented",
            "Detail of a documented condition",
            "Please document the condition as exactly as your clinical judgment and the record support.",
            List.of()),
    FINDINGS(
            "findings without diagnosis",
            "open",
            "new",
            "Meaning of clinical findings",
            "Please document the diagnosis, if there is one, for which these findings were evaluated, watched or treated.",
            List.of()),
    CONFLICT(
            "entries that differ",
            "open",
            "documented",
            "Entries that differ from each other",
            "What is documented of this visit differs. Please document which of it holds, in your clinical judgment.",
            List.of()),
    VALIDITY(
            "clinical validity",
            "choice",
            "documented",
            "Clinical validation",
            "A diagnosis is documented. Please document whether it holds, and on which findings it rests.",
            List.of("Confirmed, resting on the findings that I name below", "Ruled out")),
    CAUSE(
            "cause and effect",
            "choice",
            "link",
            "How two conditions belong together",
            "Both are documented. Please document whether one was caused by the other.",
            List.of("One was caused by the other, as I say below", "Neither was caused by the other")),
    ADMISSION(
            "present on admission",
            "choice",
            "poa",
            "Timing of a condition",
            "Please document whether the condition was there when the order to admit was written.",
            List.of("It was there at admission", "It began after admission")),
    PROCEDURE(
            "details of a procedure",
            "open",
            "documented",
            "Details of a procedure",
            "Please document what is not stated of the procedure: body part, approach, device, what was taken out or put in.",
            List.of());

    private final String label;
    private final String form;
    private final String purpose;
    private final String title;
    private final String question;
    private final List<String> options;

    QueryTemplate(String label, String form, String purpose, String title, String question, List<String> options) {
        this.label = label;
        this.form = form;
        this.purpose = purpose;
        this.title = title;
        this.question = question;
        this.options = options;
    }

    /** As addresses have it. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<QueryTemplate> of(String key) {
        return List.of(values()).stream().filter(each -> each.key().equals(key)).findFirst();
    }

    /** What the coder chooses it by. */
    public String label() {
        return label;
    }

    /** choice or open, as {@link CodingQueries.Draft#form()}. */
    public String form() {
        return form;
    }

    /** As {@link CodingQueries.Draft#purpose()}. */
    public String purpose() {
        return purpose;
    }

    public String title() {
        return title;
    }

    public String question() {
        return question;
    }

    /** Empty where the coder names them, or where the clinician answers in words. */
    public List<String> options() {
        return options;
    }
}
