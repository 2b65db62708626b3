package org.chartkeeper.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.chartkeeper.chart.Content;
import org.chartkeeper.chart.EntryView;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.chart.Signing.Awaiting;
import org.chartkeeper.chart.Signing.VersionRef;
import org.chartkeeper.demo.DemoCharts.Ended;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VisitUpdates;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Brings the updates of the demo's last visits into every state, each by the person who would do it. */
class DemoUpdates {

    private static final String LINDQVIST = "clinician2";

    private final VisitUpdates updates;
    private final Signing signing;
    private final CurrentActor actors;

    DemoUpdates(VisitUpdates updates, Signing signing, CurrentActor actors) {
        this.updates = updates;
        this.signing = signing;
        this.actors = actors;
    }

    void write(List<Ended> ended) {
        ended.forEach(this::write);
    }

    private void write(Ended visit) {
        switch (visit.course()) {
            case WAITS_FOR_DOCUMENTATION, TO_DO -> {
                // Stays as it is.
            }
            case CLAIMED ->
                as("specialist", () -> {
                    updates.claim(visit.patient(), visit.visit());
                    return "";
                });
            case DRAFT -> draft(visit);
            case POSTED -> post(visit);
            case RETURNED -> {
                post(visit);
                giveBack(visit);
            }
            case SIGNED -> {
                post(visit);
                sign(visit, entry -> true);
            }
            case REFUSED -> {
                post(visit);
                refuse(visit);
            }
            case ASKED -> post(visit);
            case ANSWERED -> {
                post(visit);
                answer(visit);
            }
        }
    }

    private void draft(Ended visit) {
        as("specialist", () -> {
            UpdateSheet sheet =
                    updates.view(visit.patient(), visit.visit(), null).sheet();
            return updates.keep(
                    visit.patient(),
                    visit.visit(),
                    typed(
                            sheet,
                            Map.of(
                                    "ar.mode", "walked in",
                                    "ar.triage", "4",
                                    "vs0.bp", "128/80",
                                    "vs0.hr", "84",
                                    "vs0.temp", "98.4",
                                    "vs0.pain", "5")));
        });
    }

    private void post(Ended visit) {
        as("specialist", () -> {
            VisitUpdates.View view = updates.view(visit.patient(), visit.visit(), null);
            UpdateSheet sheet = typed(view.sheet(), fields(view));
            for (VisitUpdates.Item item :
                    updates.view(visit.patient(), visit.visit(), sheet).items()) {
                if (item.state() == null) {
                    String key = item.item().key();
                    sheet = sheet.with("state." + key, "does not apply").with("why." + key, "not-this-visit");
                }
            }
            return updates.post(visit.patient(), visit.visit(), view.work().version(), "demo-" + visit.visit(), sheet);
        });
    }

    private static UpdateSheet typed(UpdateSheet sheet, Map<String, String> fields) {
        UpdateSheet typed = sheet;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            typed = typed.with(field.getKey(), field.getValue());
        }
        return typed;
    }

    /** What the specialist types from the dictation, told by the reason of the visit and what is on the list. */
    private static Map<String, String> fields(VisitUpdates.View view) {
        String dictation = view.sources().getFirst().text();
        Map<String, String> fields = new HashMap<>();
        if (dictation.contains("prednisone")) {
            // The dictation says 40 milligrams: the clinician will send it back.
            fields.putAll(vitals("112/70", "92", "96"));
            fields.putAll(diagnosis("Moderate persistent asthma with acute exacerbation", "J45.41"));
            fields.put("mn0.text", "Prednisone 20 mg tablet");
            fields.put("mn0.sig", "1 by mouth daily for 5 days");
            fields.putAll(followUp("Return visit", "follow-up", "1 week"));
        } else if (dictation.contains("warfarin")) {
            fields.putAll(vitals("124/66", "62", null));
            fields.putAll(diagnosis("Chronic systolic heart failure", "I50.22"));
            fields.putAll(allergy("Adhesive tape", "rash", "mild"));
            fields.putAll(stopped(view, "Warfarin", "ineffective"));
            fields.put("mn0.text", "Apixaban 2.5 mg tablet");
            fields.put("mn0.sig", "1 by mouth twice daily");
            fields.putAll(followUp("Metabolic panel", "laboratory", "2 weeks"));
        } else if (dictation.contains("intolerance of atorvastatin")) {
            fields.putAll(vitals("122/76", "64", null));
            fields.putAll(diagnosis("High cholesterol", "E78.00"));
            fields.putAll(allergy("Atorvastatin", "muscle pain", "moderate"));
            fields.put("an0.kind", "intolerance");
            fields.putAll(stopped(view, "Atorvastatin", "adverse-reaction"));
            fields.putAll(followUp("LDL cholesterol", "laboratory", "6 weeks"));
        } else if (dictation.contains("Walks a mile")) {
            // What she takes now is not said: the clinician is asked.
            fields.putAll(vitals("118/70", "68", "97"));
            fields.putAll(diagnosis("Chronic systolic heart failure", "I50.22"));
            fields.put("state.medications", "not documented");
            fields.putAll(followUp("Return visit", "follow-up", "3 months"));
        } else if (dictation.contains("Feet intact")) {
            fields.putAll(vitals("134/80", "70", null));
            fields.putAll(diagnosis("Type 2 diabetes", "E11.9"));
            fields.put("state.medications", "no change");
            fields.put("state.allergies", "not documented");
            fields.putAll(followUp("Return visit", "follow-up", "6 months"));
        } else if (dictation.contains("Her mother has type 2 diabetes")) {
            // Misheard: the clinician will refuse it.
            fields.putAll(vitals("136/82", "74", null));
            fields.putAll(diagnosis("High blood pressure", "I10"));
            fields.put("pn0.text", "Type 2 diabetes");
            fields.put("pn0.code", "E11.9");
            fields.putAll(followUp("HbA1c", "laboratory", "3 months"));
        } else {
            fields.putAll(vitals("128/78", "72", null));
            fields.putAll(diagnosis("High blood pressure", "I10"));
            fields.put("state.medications", "no change");
            fields.put("state.allergies", "no change");
            fields.putAll(followUp("Return visit", "follow-up", "6 months"));
        }
        return fields;
    }

    private static Map<String, String> vitals(
            String pressure, String pulse, @org.jspecify.annotations.Nullable String saturation) {
        Map<String, String> fields = new HashMap<>(Map.of("vs0.bp", pressure, "vs0.hr", pulse));
        if (saturation != null) {
            fields.put("vs0.spo2", saturation);
            fields.put("vs0.o2", "room air");
        }
        return fields;
    }

    private static Map<String, String> diagnosis(String words, String code) {
        return Map.of("dx0.text", words, "dx0.code", code);
    }

    private static Map<String, String> allergy(String substance, String reaction, String severity) {
        return Map.of("an0.text", substance, "an0.reaction", reaction, "an0.severity", severity);
    }

    private static Map<String, String> followUp(String what, String kind, String due) {
        return Map.of("fu0.text", what, "fu0.kind", kind, "fu0.due", due);
    }

    private static Map<String, String> stopped(VisitUpdates.View view, String drug, String why) {
        EntryView order = view.listed().stream()
                .filter(entry -> entry.content() instanceof Content.MedicationOrder
                        && entry.content().title().startsWith(drug))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(drug + " is not on the list"));
        return Map.of("md." + order.id() + ".do", "stop", "md." + order.id() + ".why", why);
    }

    /** The clinician returns the drug: the dictation says 40 mg. */
    private void giveBack(Ended visit) {
        as(LINDQVIST, () -> {
            Actor clinician = actors.get();
            awaiting(clinician, visit, entry -> entry.content().title().startsWith("Prednisone"))
                    .forEach(each -> signing.giveBack(clinician, version(visit, each), "Dose? I said 40 mg."));
            return "";
        });
    }

    private void sign(Ended visit, Predicate<EntryView> which) {
        as(LINDQVIST, () -> {
            Actor clinician = actors.get();
            signing.sign(
                    clinician,
                    awaiting(clinician, visit, which).stream()
                            .map(each -> version(visit, each))
                            .toList(),
                    "author");
            return "";
        });
    }

    private void refuse(Ended visit) {
        Predicate<EntryView> misheard =
                entry -> entry.content() instanceof Content.Condition it && !it.visitDiagnosis();
        as(LINDQVIST, () -> {
            Actor clinician = actors.get();
            awaiting(clinician, visit, misheard)
                    .forEach(each -> signing.refuse(
                            clinician, version(visit, each), "It is her mother who has diabetes, not she."));
            return "";
        });
        sign(visit, misheard.negate());
    }

    /** Says that nothing changed in the allergies, and signs. */
    private void answer(Ended visit) {
        as(LINDQVIST, () -> {
            Actor clinician = actors.get();
            updates.questions(clinician, 50).stream()
                    .filter(question -> question.visit().equals(visit.visit()))
                    .forEach(question -> updates.answer(
                            clinician, visit.patient(), question.id(), "no change", "Asked; as before."));
            return "";
        });
        sign(visit, entry -> true);
    }

    private List<Awaiting> awaiting(Actor clinician, Ended visit, Predicate<EntryView> which) {
        return signing.awaiting(clinician, visit.patient(), null, 50).items().stream()
                .filter(each -> which.test(each.entry()))
                .toList();
    }

    private static VersionRef version(Ended visit, Awaiting awaiting) {
        return new VersionRef(
                visit.patient(), awaiting.entry().id(), awaiting.entry().version(), awaiting.hash());
    }

    /** Does something as this account would. */
    static <T> T as(String login, Supplier<T> work) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(login, "", List.of()));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
