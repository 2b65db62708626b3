package org.chartkeeper.visit.web;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.chartkeeper.access.Directory;
import org.chartkeeper.patient.PatientSummary;
import org.chartkeeper.patient.Patients;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.platform.EncounterId;
import org.chartkeeper.platform.FacilityId;
import org.chartkeeper.platform.PatientId;
import org.chartkeeper.platform.Permission;
import org.chartkeeper.platform.Problem;
import org.chartkeeper.platform.Rejected;
import org.chartkeeper.platform.Requires;
import org.chartkeeper.platform.ShowsPatient;
import org.chartkeeper.platform.Uuid7;
import org.chartkeeper.terminology.CodeLookup;
import org.chartkeeper.terminology.CodeSystem;
import org.chartkeeper.visit.UpdateConflict;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VisitUpdates;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The page of an update: the source at the left, the checklist in the middle, the fields at the right. */
@Controller
class UpdateController {

    private static final int MATCHES = 8;
    private static final DateTimeFormatter SAVED = DateTimeFormatter.ofPattern("h:mm:ss a", Locale.US);

    private final VisitUpdates updates;
    private final CodeLookup codes;
    private final Directory directory;
    private final Patients patients;
    private final CurrentActor current;
    private final Clock clock;

    UpdateController(
            VisitUpdates updates,
            CodeLookup codes,
            Directory directory,
            Patients patients,
            CurrentActor current,
            Clock clock) {
        this.updates = updates;
        this.codes = codes;
        this.directory = directory;
        this.patients = patients;
        this.current = current;
        this.clock = clock;
    }

    @GetMapping("/patients/{patient}/visits/{visit}/update")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("update")
    String page(
            @PathVariable PatientId patient,
            @PathVariable EncounterId visit,
            @RequestParam(defaultValue = "1") String source,
            @RequestParam(defaultValue = "") String more,
            Model model) {
        show(patient, visit, updates.view(patient, visit, null), List.of(), model);
        model.addAttribute("more", more);
        model.addAttribute("source", source);
        if (source.equals("last")) {
            model.addAttribute("last", updates.lastNote(patient, visit).orElse(null));
        }
        return "visit/update";
    }

    /** Every button of the page sends all that was typed; {@code do} says what is wanted. */
    @PostMapping("/patients/{patient}/visits/{visit}/update")
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("update")
    String act(
            @PathVariable PatientId patient,
            @PathVariable EncounterId visit,
            @RequestParam Map<String, String> sent,
            @RequestParam(name = "do", defaultValue = "post") String wanted,
            @RequestParam(defaultValue = "") String idempotencyKey,
            Model model,
            HttpServletResponse response,
            RedirectAttributes flash) {
        UpdateSheet sheet = Sheets.read(sent);
        String here = "/patients/" + patient + "/visits/" + visit + "/update";
        try {
            if (wanted.equals("post") || wanted.equals("next")) {
                VisitUpdates.Posted posted = updates.post(patient, visit, Sheets.version(sheet), idempotencyKey, sheet);
                flash.addFlashAttribute("done", done(patient, posted));
                return "redirect:"
                        + (wanted.equals("next") ? next(visit) : "/patients/" + patient + "/visits/" + visit);
            }
            if (wanted.startsWith("find:")) {
                return find(patient, visit, sheet, wanted.substring(5), model);
            }
            updates.keep(patient, visit, Sheets.change(sheet, wanted, updates, patient, visit, codes));
            if (wanted.equals("return")) {
                updates.giveBack(patient, visit);
                flash.addFlashAttribute("done", "Returned to the list; what you typed is kept as your draft");
                return "redirect:" + WorklistController.PATH;
            }
            return "redirect:" + here + Sheets.place(wanted);
        } catch (Rejected rejected) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            show(patient, visit, updates.view(patient, visit, sheet), rejected.problems(), model);
            return "visit/update";
        } catch (UpdateConflict conflict) {
            response.setStatus(HttpStatus.CONFLICT.value());
            if (conflict.held()) {
                show(patient, visit, updates.view(patient, visit, sheet), List.of(heldNow(conflict)), model);
                return "visit/update";
            }
            return conflict(patient, visit, conflict, sheet, model);
        }
    }

    /** The page that follows may be another patient's: the words name whose update it was. */
    private String done(PatientId patient, VisitUpdates.Posted posted) {
        PatientSummary whose = patients.summaries(Set.of(patient)).get(patient);
        return "Posted" + (whose == null ? "" : " for " + whose.label())
                + (posted.words().isEmpty() ? "" : ": " + posted.words());
    }

    private static Problem heldNow(UpdateConflict conflict) {
        return Problem.error(
                null,
                conflict.who() + " holds this update now, so it cannot be kept or posted by you. What you typed stands"
                        + " below until you leave the page");
    }

    private String next(EncounterId done) {
        return updates.next(current.get(), done)
                .map(work -> "/patients/" + work.patient() + "/visits/" + work.visit() + "/update")
                .orElse(WorklistController.PATH);
    }

    /** Codes for the words of a row, for pages without script. */
    private String find(PatientId patient, EncounterId visit, UpdateSheet sheet, String row, Model model) {
        show(patient, visit, updates.view(patient, visit, sheet), List.of(), model);
        String words = sheet.has(row + ".code") ? sheet.get(row + ".code") : sheet.get(row + ".text");
        model.addAttribute("found", row);
        model.addAttribute("matches", codes.search(Sheets.system(row), words, MATCHES));
        return "visit/update";
    }

    private void show(
            PatientId patient, EncounterId visit, VisitUpdates.View view, List<Problem> problems, Model model) {
        model.addAttribute(
                "page", new UpdatePage(view, problems, zone(view.work().facility()), current.get(), clock.instant()));
        model.addAttribute("key", Uuid7.next().toString());
        model.addAttribute("path", "/patients/" + patient + "/visits/" + visit + "/update");
        model.addAttribute("visitPath", "/patients/" + patient + "/visits/" + visit);
        model.addAttribute("problems", problems);
        model.addAttribute("source", "1");
        model.addAttribute("more", "");
    }

    private String conflict(
            PatientId patient, EncounterId visit, UpdateConflict conflict, UpdateSheet sheet, Model model) {
        model.addAttribute("conflict", conflict);
        model.addAttribute("kept", sheet.without(List.of("version")).fields());
        model.addAttribute("key", Uuid7.next().toString());
        model.addAttribute("path", "/patients/" + patient + "/visits/" + visit + "/update");
        return "visit/conflict";
    }

    /** Keeps the draft while somebody types; says what the checks say of it. */
    @PostMapping(path = "/patients/{patient}/visits/{visit}/update/draft", produces = MediaType.APPLICATION_JSON_VALUE)
    @Requires(Permission.VISIT_UPDATE)
    @ShowsPatient("update")
    ResponseEntity<Object> draft(
            @PathVariable PatientId patient, @PathVariable EncounterId visit, @RequestParam Map<String, String> sent) {
        try {
            VisitUpdates.Draft draft = updates.keep(patient, visit, Sheets.read(sent));
            VisitUpdates.View view = draft.view();
            UpdatePage page =
                    new UpdatePage(view, List.of(), zone(view.work().facility()), current.get(), clock.instant());
            return ResponseEntity.ok(new DraftAnswer(
                    saved(draft.savedAt(), view.work().facility()),
                    draft.number(),
                    view.checks().findings(),
                    view.checks().echoes(),
                    view.checks().preview(),
                    page.getSaid(),
                    page.getItems()));
        } catch (UpdateConflict conflict) {
            return ResponseEntity.status(HttpStatus.CONFLICT)
                    .body(new DraftRefused(
                            conflict.held()
                                    ? conflict.who() + " holds this update now"
                                    : conflict.who() + " has changed this visit. Post to see both"));
        } catch (Rejected rejected) {
            return ResponseEntity.status(HttpStatus.CONFLICT)
                    .body(new DraftRefused(rejected.problems().get(0).message()));
        }
    }

    /** Why a draft was not kept. */
    record DraftRefused(String message) {}

    /** The answer to a draft. */
    record DraftAnswer(
            String saved,
            int draftVersion,
            List<VisitUpdates.Finding> findings,
            Map<String, String> echoes,
            String preview,
            String said,
            List<UpdatePage.ItemLine> items) {}

    private String saved(Instant at, FacilityId facility) {
        return SAVED.format(at.atZone(zone(facility))).toLowerCase(Locale.US);
    }

    private ZoneId zone(FacilityId facility) {
        return directory.facility(facility).map(Directory.Facility::zone).orElse(ZoneOffset.UTC);
    }

    /** What buttons of the page do to a sheet. */
    static final class Sheets {

        private static final List<String> NOT_TYPED = List.of("_csrf", "idempotencyKey", "do");

        private Sheets() {}

        /** What was typed; the answers of a conflict page are worked in. */
        static UpdateSheet read(Map<String, String> sent) {
            UpdateSheet sheet = new UpdateSheet(sent)
                    .keep(name ->
                            !NOT_TYPED.contains(name) && !name.startsWith("choice.") && !name.startsWith("there."));
            for (Map.Entry<String, String> each : sent.entrySet()) {
                if (!each.getKey().startsWith("choice.")) {
                    continue;
                }
                String field = each.getKey().substring("choice.".length());
                String[] there = sent.getOrDefault("there." + field, "").split(":");
                sheet = each.getValue().equals("mine")
                        ? mine(sheet, field, there)
                        : sheet.keep(name -> !belongs(name, field));
            }
            return sheet;
        }

        private static UpdateSheet mine(UpdateSheet sheet, String field, String[] there) {
            if (there.length != 2) {
                return sheet;
            }
            UpdateSheet rebased = sheet.with("v." + there[0], there[1]);
            return field.startsWith("vs") ? rebased.with("on." + field, there[0]) : rebased;
        }

        /** The field itself and, for what becomes of an entry, its further fields. */
        private static boolean belongs(String name, String field) {
            boolean row = field.endsWith(".do");
            return name.equals(field) || row && name.startsWith(field.substring(0, field.length() - 2));
        }

        static int version(UpdateSheet sheet) {
            String version = sheet.get("version");
            return version.matches("\\d{1,9}") ? Integer.parseInt(version) : -1;
        }

        static CodeSystem system(String row) {
            return switch (row.replaceAll("[^a-z]", "")) {
                case "mn", "md" -> CodeSystem.DRUG;
                case "an" -> CodeSystem.ALLERGEN;
                case "im" -> CodeSystem.VACCINE;
                default -> CodeSystem.ICD10CM;
            };
        }

        /** A repair of a value, or a code that was picked for a row. */
        static UpdateSheet change(
                UpdateSheet sheet,
                String wanted,
                VisitUpdates updates,
                PatientId patient,
                EncounterId visit,
                CodeLookup codes) {
            if (wanted.startsWith("repair:")) {
                String field = wanted.substring(7);
                Optional<String> repair = updates.view(patient, visit, sheet).checks().of(field).stream()
                        .map(VisitUpdates.Finding::repair)
                        .filter(Objects::nonNull)
                        .findFirst();
                return repair.map(text -> sheet.with(field, text)).orElse(sheet);
            }
            if (wanted.startsWith("pick:")) {
                String[] parts = wanted.split(":", 3);
                if (parts.length == 3) {
                    String row = parts[1];
                    return codes.search(system(row), parts[2], 20).stream()
                            .filter(code -> code.code().equals(parts[2])
                                    || code.display().equals(parts[2]))
                            .findFirst()
                            .map(code ->
                                    sheet.with(row + ".text", code.display()).with(row + ".code", code.code()))
                            .orElse(sheet);
                }
            }
            return sheet;
        }

        /** Where the page opens again. */
        static String place(String wanted) {
            if (wanted.startsWith("more:")) {
                String kind = wanted.substring(5).replaceAll("[^a-z]", "");
                return "?more=" + kind + "#" + kind;
            }
            return "";
        }
    }
}
