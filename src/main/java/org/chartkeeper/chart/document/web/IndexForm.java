package org.chartkeeper.chart.document.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.document.Documents.Filing;
import org.chartkeeper.chart.document.Documents.Identity;
import org.chartkeeper.chart.document.Documents.Reindexing;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.EntryId;
import org.chartkeeper.platform.PartialDate;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.PractitionerId;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.TypedDate;
import org.chartkeeper.platform.Uuid7;
import org.jspecify.annotations.Nullable;

/** The index of a document as typed. */
class IndexForm {

    private int version;
    private String idempotencyKey = Uuid7.next().toString();
    private String pages = "";
    private String find = "";
    private String patient = "";
    private String mrn = "";
    private String birthDate = "";
    private String name = "";
    private String account = "";
    private String visit = "";
    private String type = "";
    private String title = "";
    private String date = "";
    private String author = "";
    private String authorName = "";
    private String origin = "";
    private String sensitivity = "";
    private String note = "";
    private String decision = "";
    private String concerns = "";
    private String whyNot = "";
    private String signedBy = "";
    private String witnessedBy = "";
    private String validFrom = "";
    private String validUntil = "";
    private String revoked = "";
    private String reason = "";
    private String backReason = "";

    /** The index of a document that is filed, to be changed. */
    static IndexForm of(
            Content.Document document, int version, @Nullable EncounterId visit, @Nullable PractitionerId by) {
        IndexForm form = new IndexForm();
        form.version = version;
        form.visit = text(visit);
        form.type = text(document.typeKey());
        form.title = document.name();
        form.date = PartialDate.find(cut(document.serviceDate()))
                .map(PartialDate::show)
                .orElse("");
        form.author = text(by);
        form.authorName = by == null ? text(document.author()) : "";
        form.origin = text(document.origin());
        form.note = text(document.note());
        Content.Directive directive = document.directive();
        if (directive != null) {
            form.decision = directive.decision();
            form.concerns = text(directive.concerns());
            form.whyNot = text(directive.reason());
            form.signedBy = text(directive.signedBy());
            form.witnessedBy = text(directive.witnessedBy());
            form.validFrom = shown(directive.validFrom());
            form.validUntil = shown(directive.validUntil());
            form.revoked = shown(directive.revoked());
        }
        return form;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String shown(@Nullable String iso) {
        return PartialDate.find(iso).map(PartialDate::show).orElse("");
    }

    private static @Nullable String cut(@Nullable String iso) {
        return iso == null || iso.length() <= 10 ? iso : iso.substring(0, 10);
    }

    /** "1-3, 5": the numbers in the order that they are typed; null where it is no list of pages. */
    static @Nullable List<Integer> numbers(String typed) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : typed.replaceAll("\\s*([-–])\\s*", "$1").split("[,;\\s]+")) {
            String piece = part.replaceAll("\\s", "");
            if (piece.isEmpty()) {
                continue;
            }
            if (!piece.matches("\\d{1,4}([-–]\\d{1,4})?")) {
                return null;
            }
            String[] ends = piece.split("[-–]");
            int from = Integer.parseInt(ends[0]);
            int until = ends.length == 1 ? from : Integer.parseInt(ends[1]);
            for (int i = from; from <= until ? i <= until : i >= until; i += from <= until ? 1 : -1) {
                numbers.add(i);
                if (numbers.size() > 4000) {
                    return null;
                }
            }
        }
        return numbers;
    }

    /** The patient who is chosen; empty where none is. */
    Optional<PatientId> chosen() {
        return Optional.ofNullable(id(patient, PatientId::of));
    }

    /** What is to be filed; problems are added where something cannot be read, and then nothing is answered. */
    Optional<Filing> filing(UUID file, LocalDate today, List<Problem> problems) {
        List<Integer> numbers = numbers(pages);
        if (numbers == null) {
            problems.add(Problem.error("pages", "Type page numbers, as 1-2 or 3, 1."));
        }
        PatientId who = id(patient, PatientId::of);
        if (who == null) {
            problems.add(Problem.error("find", "Find the patient and choose."));
        }
        PartialDate day = day("date", date, today, problems);
        if (day == null && date.isBlank()) {
            problems.add(Problem.error("date", "Type the date that the document bears."));
        }
        Content.Directive directive = directive(today, problems);
        if (!problems.isEmpty() || numbers == null || who == null || day == null) {
            return Optional.empty();
        }
        return Optional.of(new Filing(
                file,
                version,
                idempotencyKey,
                numbers,
                who,
                new Identity(mrn, birthDate, name, account),
                id(visit, EncounterId::of),
                type,
                title,
                day,
                id(author, PractitionerId::of),
                authorName,
                origin,
                sensitivity,
                directive,
                note));
    }

    Optional<Reindexing> reindexing(PatientId patientId, EntryId entry, LocalDate today, List<Problem> problems) {
        PartialDate day = day("date", date, today, problems);
        if (day == null && date.isBlank()) {
            problems.add(Problem.error("date", "Type the date that the document bears."));
        }
        Content.Directive directive = directive(today, problems);
        if (!problems.isEmpty() || day == null) {
            return Optional.empty();
        }
        return Optional.of(new Reindexing(
                patientId,
                entry,
                version,
                idempotencyKey,
                id(visit, EncounterId::of),
                type,
                title,
                day,
                id(author, PractitionerId::of),
                authorName,
                origin,
                sensitivity,
                directive,
                note,
                reason));
    }

    private Content.@Nullable Directive directive(LocalDate today, List<Problem> problems) {
        PartialDate from = day("validFrom", validFrom, today, problems);
        PartialDate until = day("validUntil", validUntil, today, problems);
        PartialDate ended = day("revoked", revoked, today, problems);
        if (decision.isBlank()) {
            return null;
        }
        return new Content.Directive(
                "", decision, concerns, whyNot, signedBy, witnessedBy, iso(from), iso(until), iso(ended));
    }

    private static @Nullable String iso(@Nullable PartialDate date) {
        return date == null ? null : date.toString();
    }

    private static @Nullable PartialDate day(String field, String typed, LocalDate today, List<Problem> problems) {
        if (typed.isBlank()) {
            return null;
        }
        boolean ahead = field.equals("validUntil") || field.equals("validFrom");
        Optional<PartialDate> read = ahead ? TypedDate.near(typed, today) : TypedDate.past(typed, today);
        if (read.isEmpty()) {
            problems.add(Problem.error(field, "This is no date. Type it as 3/7/2026."));
        }
        return read.orElse(null);
    }

    private static <T> @Nullable T id(String text, Function<String, T> read) {
        try {
            return text.isBlank() ? null : read.apply(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    public int getVersion() {
        return version;
    }

    public void setVersion(int version) {
        this.version = version;
    }

    public String getIdempotencyKey() {
        return idempotencyKey;
    }

    public void setIdempotencyKey(String idempotencyKey) {
        this.idempotencyKey = idempotencyKey;
    }

    public String getPages() {
        return pages;
    }

    public void setPages(String pages) {
        this.pages = pages;
    }

    public String getFind() {
        return find;
    }

    public void setFind(String find) {
        this.find = find;
    }

    public String getPatient() {
        return patient;
    }

    public void setPatient(String patient) {
        this.patient = patient;
    }

    public String getMrn() {
        return mrn;
    }

    public void setMrn(String mrn) {
        this.mrn = mrn;
    }

    public String getBirthDate() {
        return birthDate;
    }

    public void setBirthDate(String birthDate) {
        this.birthDate = birthDate;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getAccount() {
        return account;
    }

    public void setAccount(String account) {
        this.account = account;
    }

    public String getVisit() {
        return visit;
    }

    public void setVisit(String visit) {
        this.visit = visit;
    }

    public String getType() {
        return type;
    }

    public void setType(String type) {
        this.type = type;
    }

    public String getTitle() {
        return title;
    }

    public void setTitle(String title) {
        this.title = title;
    }

    public String getDate() {
        return date;
    }

    public void setDate(String date) {
        this.date = date;
    }

    public String getAuthor() {
        return author;
    }

    public void setAuthor(String author) {
        this.author = author;
    }

    public String getAuthorName() {
        return authorName;
    }

    public void setAuthorName(String authorName) {
        this.authorName = authorName;
    }

    public String getOrigin() {
        return origin;
    }

    public void setOrigin(String origin) {
        this.origin = origin;
    }

    public String getSensitivity() {
        return sensitivity;
    }

    public void setSensitivity(String sensitivity) {
        this.sensitivity = sensitivity;
    }

    public String getNote() {
        return note;
    }

    public void setNote(String note) {
        this.note = note;
    }

    public String getDecision() {
        return decision;
    }

    public void setDecision(String decision) {
        this.decision = decision;
    }

    public String getConcerns() {
        return concerns;
    }

    public void setConcerns(String concerns) {
        this.concerns = concerns;
    }

    public String getWhyNot() {
        return whyNot;
    }

    public void setWhyNot(String whyNot) {
        this.whyNot = whyNot;
    }

    public String getSignedBy() {
        return signedBy;
    }

    public void setSignedBy(String signedBy) {
        this.signedBy = signedBy;
    }

    public String getWitnessedBy() {
        return witnessedBy;
    }

    public void setWitnessedBy(String witnessedBy) {
        this.witnessedBy = witnessedBy;
    }

    public String getValidFrom() {
        return validFrom;
    }

    public void setValidFrom(String validFrom) {
        this.validFrom = validFrom;
    }

    public String getValidUntil() {
        return validUntil;
    }

    public void setValidUntil(String validUntil) {
        this.validUntil = validUntil;
    }

    public String getRevoked() {
        return revoked;
    }

    public void setRevoked(String revoked) {
        this.revoked = revoked;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getBackReason() {
        return backReason;
    }

    public void setBackReason(String backReason) {
        this.backReason = backReason;
    }
}
