package org.chartkeeper.demo;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.chartkeeper.chart.Signing;
import org.chartkeeper.demo.DemoCharts.Ended;
import org.chartkeeper.platform.Actor;
import org.chartkeeper.platform.CurrentActor;
import org.chartkeeper.visit.UpdateSheet;
import org.chartkeeper.visit.VisitUpdates;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;

/** Brings the updates of the demo's last visits into every state, each by the person who would do it. */
class DemoUpdates {

    private final VisitUpdates updates;
    private final Signing signing;
    private final CurrentActor actors;

    DemoUpdates(VisitUpdates updates, Signing signing, CurrentActor actors) {
        this.updates = updates;
        this.signing = signing;
        this.actors = actors;
    }

    /** Eleanor Whitfield's stays to do and is the specialist's; one is a draft, one returned, one posted. */
    void write(List<Ended> ended) {
        as("specialist", () -> {
            updates.claim(ended.get(0).patient(), ended.get(0).visit());
            return "";
        });
        for (Ended visit : ended) {
            String reason = as(
                    "specialist",
                    () -> updates.view(visit.patient(), visit.visit(), null)
                            .work()
                            .reason());
            if (reason == null) {
                continue;
            }
            switch (reason) {
                case "Cut of the left hand" -> draft(visit);
                case "Heart failure review" -> post(visit, heartFailure());
                case "Asthma, worse at night" -> {
                    post(visit, asthma());
                    giveBack(visit);
                }
                default -> {
                    // To do, or waiting for its documentation.
                }
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

    private void post(Ended visit, Map<String, String> fields) {
        as("specialist", () -> {
            VisitUpdates.View view = updates.view(visit.patient(), visit.visit(), null);
            UpdateSheet sheet = typed(view.sheet(), fields);
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

    private static Map<String, String> heartFailure() {
        return Map.of(
                "vs0.bp", "124/66",
                "vs0.hr", "62",
                "dx0.text", "Chronic systolic heart failure, stable",
                "dx0.code", "I50.22",
                "fu0.text", "INR",
                "fu0.kind", "laboratory",
                "fu0.due", "2 weeks",
                "state.medications", "no change");
    }

    private static Map<String, String> asthma() {
        return Map.of(
                "vs0.bp", "112/70",
                "vs0.hr", "92",
                "vs0.spo2", "96",
                "vs0.o2", "room air",
                "dx0.text", "Moderate persistent asthma with acute exacerbation",
                "dx0.code", "J45.41",
                "mn0.text", "Prednisone 20 mg tablet",
                "mn0.sig", "1 by mouth daily for 5 days",
                "fu0.text", "Return visit",
                "fu0.due", "1 week");
    }

    /** The clinician returns the drug: the dictation says 40 mg. */
    private void giveBack(Ended visit) {
        as("clinician2", () -> {
            Actor clinician = actors.get();
            signing.awaiting(clinician, visit.patient(), null, 50).items().stream()
                    .filter(each -> each.entry().content().title().startsWith("Prednisone"))
                    .forEach(each -> signing.giveBack(
                            clinician,
                            new Signing.VersionRef(
                                    visit.patient(),
                                    each.entry().id(),
                                    each.entry().version(),
                                    each.hash()),
                            "Dose? I said 40 mg."));
            return "";
        });
    }

    private static <T> T as(String login, Supplier<T> work) {
        SecurityContextHolder.getContext()
                .setAuthentication(UsernamePasswordAuthenticationToken.authenticated(login, "", List.of()));
        try {
            return work.get();
        } finally {
            SecurityContextHolder.clearContext();
        }
    }
}
