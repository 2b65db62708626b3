package org.chartkeeper.coding.web;

import java.util.List;
import org.chartkeeper.coding.Book;
import org.chartkeeper.coding.CodingCases.Desk;
import org.chartkeeper.coding.CodingCases.Line;
import org.chartkeeper.coding.CodingCases.Told;
import org.chartkeeper.coding.CodingCases.Work;
import org.chartkeeper.coding.Severity;
import org.chartkeeper.coding.rule.Report;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.terminology.CodeSystem;

/** What the workbench reads like. */
record BenchPage(Desk desk, Book book, Actor actor) {

    public String path() {
        return BenchController.path(desk.work().id(), book);
    }

    public boolean second() {
        return book == Book.REVIEW;
    }

    /** "Inpatient, facility · Dr. A. Okafor". */
    public String kind() {
        return kind(desk.work());
    }

    static String kind(Work work) {
        return work.visitClass() + ", "
                + (work.kind().equals("series") ? "series" : work.kind())
                + (work.attendingName() == null ? "" : " · " + work.attendingName());
    }

    public String stay() {
        return desk.work().klass().equals("inpatient") || desk.work().klass().equals("observation") ? "stay" : "visit";
    }

    public String state() {
        String state = desk.work().state();
        return state.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                + state.substring(1)
                + (desk.work().reopened() == null || !state.equals("reopened")
                        ? ""
                        : " " + desk.work().reopened());
    }

    /** How the case stands, for a form that may come too late. */
    public String standing() {
        return standing(desk.work());
    }

    static String standing(Work work) {
        return work.state()
                + (work.hold() == null ? "" : ": " + work.hold())
                + (work.holdNote() == null ? "" : ", " + work.holdNote());
    }

    public String priority() {
        return priority(desk.work().priority());
    }

    static String priority(int value) {
        return value == 2 ? "first" : value == 1 ? "soon" : "routine";
    }

    public String tone() {
        return tone(desk.work().state());
    }

    static String tone(String state) {
        return switch (state) {
            case "final coded" -> "ok";
            case "held", "query pending", "reopened" -> "warn";
            case "in progress", "second review" -> "note";
            default -> "";
        };
    }

    static String sign(String state) {
        return switch (state) {
            case "final coded" -> "✓";
            case "held" -> "‖";
            case "query pending" -> "?";
            case "reopened" -> "↩";
            case "in progress" -> "◔";
            case "second review" -> "2";
            default -> "○";
        };
    }

    public boolean mine() {
        return actor.user().equals(desk.work().owner());
    }

    public boolean supervisor() {
        return actor.may(Permission.CODING_SUPERVISE);
    }

    /** Which codes the procedures' field looks up. */
    public String procedureSystem() {
        return desk.work().klass().equals("inpatient") && desk.work().kind().equals("facility")
                ? CodeSystem.ICD10PCS.key()
                : CodeSystem.HCPCS.key();
    }

    public String first() {
        return desk.work().klass().equals("inpatient") ? "principal" : "first-listed";
    }

    public String role(Line line) {
        String role = line.role();
        if (role == null) {
            return "";
        }
        return switch (role) {
            case "principal" -> first();
            case "reason" -> "reason for visit";
            default -> role;
        };
    }

    public List<String> poaValues() {
        return List.of("Y", "N", "U", "W", "E");
    }

    /** What an indicator means. */
    public String poaMeaning(String value) {
        return switch (value) {
            case "Y" -> "yes";
            case "N" -> "no";
            case "U" -> "documentation does not say";
            case "W" -> "cannot be told clinically";
            default -> "exempt";
        };
    }

    /** A diagnosis of the claim; an admitting diagnosis and a reason for the visit have no indicator. */
    public boolean poa(Line line) {
        return desk.poa() && ("principal".equals(line.role()) || "secondary".equals(line.role()));
    }

    /** Nothing is to be said of an exempt code; what was said wrongly can be taken back. */
    public boolean exempt(Line line) {
        return line.exempt() && (line.poa() == null || "E".equals(line.poa()));
    }

    private static boolean lacking(Told told) {
        return told.finding().message().startsWith(Report.NOT_CHECKED);
    }

    /** What is about the whole case and was checked. */
    public List<Told> ofCase() {
        return desk.ofCase().stream()
                .filter(told -> !lacking(told) && !ofPrescription(told))
                .toList();
    }

    public List<Told> prescriptions() {
        return desk.ofCase().stream()
                .filter(told -> !lacking(told) && ofPrescription(told))
                .toList();
    }

    private static boolean ofPrescription(Told told) {
        return told.finding().rule().equals("RC-01")
                || told.finding().item().startsWith("prescriptions")
                || told.finding().item().startsWith("activeMedications");
    }

    /** Rules that lack their data, each in a line. */
    public List<String> notChecked() {
        return desk.ofCase().stream()
                .filter(BenchPage::lacking)
                .map(told -> told.finding().rule() + ": " + told.finding().message())
                .distinct()
                .toList();
    }

    public String severity(Told told) {
        return severity(told.finding().severity());
    }

    static String severity(Severity severity) {
        return switch (severity) {
            case H -> "Hard stop";
            case R -> "Review";
            case W -> "Warning";
            case I -> "Note";
        };
    }

    public String tone(Told told) {
        return switch (told.finding().severity()) {
            case H -> "stop";
            case R, W -> "warn";
            case I -> "";
        };
    }

    /** Whether the reader may answer for it: over a hard stop goes a supervisor only. */
    public boolean answerable(Told told) {
        return switch (told.finding().severity()) {
            case H -> supervisor();
            case R, W -> true;
            case I -> false;
        };
    }

    public String detail(Line line) {
        StringBuilder text = new StringBuilder();
        if (!line.modifiers().isEmpty()) {
            text.append("modifiers ").append(String.join(" ", line.modifiers()));
        }
        if (line.units() != null) {
            text.append(text.isEmpty() ? "" : " · ")
                    .append("units ")
                    .append(line.units().toPlainString());
        }
        if (!line.pointers().isEmpty()) {
            text.append(text.isEmpty() ? "" : " · ").append("for diagnosis ");
            text.append(String.join(
                    ", ", line.pointers().stream().map(String::valueOf).toList()));
        }
        if (line.performerName() != null) {
            text.append(text.isEmpty() ? "" : " · ").append(line.performerName());
        }
        return text.toString();
    }
}
