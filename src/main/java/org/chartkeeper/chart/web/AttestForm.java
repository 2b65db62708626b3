package org.chartkeeper.chart.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a clinician states when co-signing. */
class AttestForm {

    /** The usual statements (42 CFR 415.172(b); for students, Medicare Claims Processing Manual 12, 100.1.1 B). */
    static final List<Statement> STATEMENTS = List.of(
            new Statement(
                    "present",
                    "I was present",
                    "I saw and evaluated the patient and was present for the key portions of the service. I discussed the"
                            + " case with the author and agree with the findings and plan as documented."),
            new Statement(
                    "later",
                    "I saw the patient myself, later",
                    "I saw and examined the patient, reviewed the note of the author, and agree with the findings and plan"
                            + " as documented."),
            new Statement(
                    "student",
                    "Note of a student",
                    "I performed or re-performed the physical examination and the medical decision making, and verified"
                            + " all that the student documented."),
            new Statement("none", "Co-signature alone", ""));

    private String choice = "";
    private String statement = "";
    private String password = "";
    private String pick = "";
    private String idempotencyKey = "";

    /** A usual statement. */
    record Statement(String key, String label, String text) {}

    /** What is to be stated: the words that were written, else those of the choice; null where neither is there. */
    @Nullable
    String words() {
        if (!statement.isBlank()) {
            return statement.strip();
        }
        return STATEMENTS.stream()
                .filter(each -> each.key().equals(choice))
                .map(Statement::text)
                .findFirst()
                .orElse(null);
    }

    public String getChoice() {
        return choice;
    }

    public void setChoice(String choice) {
        this.choice = choice;
    }

    public String getStatement() {
        return statement;
    }

    public void setStatement(String statement) {
        this.statement = statement;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getPick() {
        return pick;
    }

    public void setPick(String pick) {
        this.pick = pick;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }
}
